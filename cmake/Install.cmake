# What `cmake --install` installs: libraries with their headers as components of the CMake package
# `conductor`, a pkg-config file for each of them, and the daemon with its workflows.
# Nothing installed holds a path of the build or of the prefix, so the prefix may be moved.
set(conductor_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/conductor")
set(conductor_data_dir "${CMAKE_INSTALL_DATADIR}/conductor")

# conductor_install_library(conductor_x DESCRIPTION text [REQUIRES ...] [REQUIRES_PRIVATE ...]
#                           [LIBRARIES ...] [LIBRARIES_PRIVATE ...])
# makes a library the component x, conductor::x, and conductor-x.pc. The last four are for pkg-config:
# modules and linker flags, PRIVATE for what only the library itself calls.
function(conductor_install_library target)
    cmake_parse_arguments(PC "" "DESCRIPTION"
        "REQUIRES;REQUIRES_PRIVATE;LIBRARIES;LIBRARIES_PRIVATE" ${ARGN})
    string(REPLACE "conductor_" "" component ${target})
    # Until version 1 each minor version may change the interface.
    set_target_properties(${target} PROPERTIES
        EXPORT_NAME ${component}
        OUTPUT_NAME conductor-${component}
        VERSION ${PROJECT_VERSION}
        SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
        INSTALL_RPATH "$ORIGIN")
    if(NOT CONDUCTOR_INSTALL)
        return()
    endif()
    install(TARGETS ${target} EXPORT conductor-${component}
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT libraries
            NAMELINK_COMPONENT development
        FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT development)
    install(EXPORT conductor-${component} NAMESPACE conductor:: COMPONENT development
        DESTINATION "${conductor_package_dir}")
    conductor_write_pkg_config()
    install(FILES "${CMAKE_CURRENT_BINARY_DIR}/conductor-${component}.pc" COMPONENT development
        DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endfunction()

# Part of conductor_install_library. A static library's own needs are everybody's, so that
# `pkg-config --libs` works without --static.
function(conductor_write_pkg_config)
    if(NOT BUILD_SHARED_LIBS)
        list(APPEND PC_REQUIRES ${PC_REQUIRES_PRIVATE})
        list(APPEND PC_LIBRARIES ${PC_LIBRARIES_PRIVATE})
        set(PC_REQUIRES_PRIVATE)
        set(PC_LIBRARIES_PRIVATE)
    endif()
    foreach(list REQUIRES REQUIRES_PRIVATE LIBRARIES LIBRARIES_PRIVATE)
        list(JOIN PC_${list} " " PC_${list})
    endforeach()
    string(REGEX REPLACE "(conductor-[a-z]+)" "\\1 = ${PROJECT_VERSION}" PC_REQUIRES
        "${PC_REQUIRES}")
    if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
        set(PC_PREFIX "${CMAKE_INSTALL_PREFIX}")
    else()
        file(RELATIVE_PATH up "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
        string(REGEX REPLACE "/$" "" up "${up}")
        set(PC_PREFIX "\${pcfiledir}/${up}")
    endif()
    cmake_path(ABSOLUTE_PATH CMAKE_INSTALL_LIBDIR BASE_DIRECTORY "\${prefix}"
        OUTPUT_VARIABLE PC_LIBDIR)
    cmake_path(ABSOLUTE_PATH CMAKE_INSTALL_INCLUDEDIR BASE_DIRECTORY "\${prefix}"
        OUTPUT_VARIABLE PC_INCLUDEDIR)
    configure_file("${PROJECT_SOURCE_DIR}/cmake/conductor.pc.in" conductor-${component}.pc @ONLY)
endfunction()

# A Debian package names the licence, which the system has.
function(conductor_install_licence component name)
    if(NOT CONDUCTOR_DEBIAN)
        install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" COMPONENT ${component}
            DESTINATION "${CMAKE_INSTALL_DATADIR}/licenses/${name}")
    endif()
endfunction()

# The daemon, what it registers on a server, and a configuration to begin with.
function(conductor_install_daemon target)
    if(NOT CONDUCTOR_INSTALL)
        return()
    endif()
    file(RELATIVE_PATH libraries "${CMAKE_INSTALL_FULL_BINDIR}" "${CMAKE_INSTALL_FULL_LIBDIR}")
    if(BUILD_SHARED_LIBS)
        set_target_properties(${target} PROPERTIES INSTALL_RPATH "$ORIGIN/${libraries}")
    endif()
    install(TARGETS ${target} RUNTIME COMPONENT daemon)
    install(DIRECTORY "${PROJECT_SOURCE_DIR}/workflows" COMPONENT daemon
        DESTINATION "${conductor_data_dir}" FILES_MATCHING PATTERN "*.json")
    install(FILES "${PROJECT_SOURCE_DIR}/workers/daemon/conductor-workerd.yaml" COMPONENT daemon
        DESTINATION "${conductor_data_dir}")
    conductor_install_licence(daemon conductor-workerd)
endfunction()

# What find_package(conductor) reads, after all libraries.
function(conductor_install_package)
    include(CMakePackageConfigHelpers)
    set(boost_version ${Boost_VERSION_MAJOR}.${Boost_VERSION_MINOR})
    configure_file("${PROJECT_SOURCE_DIR}/cmake/conductorConfig.cmake.in" conductorConfig.cmake @ONLY)
    write_basic_package_version_file(conductorConfigVersion.cmake COMPATIBILITY SameMinorVersion)
    install(FILES
        "${CMAKE_CURRENT_BINARY_DIR}/conductorConfig.cmake"
        "${CMAKE_CURRENT_BINARY_DIR}/conductorConfigVersion.cmake"
        "${PROJECT_SOURCE_DIR}/cmake/FindPrometheusCpp.cmake"
        COMPONENT development DESTINATION "${conductor_package_dir}")
    conductor_install_licence(development conductor)
endfunction()
