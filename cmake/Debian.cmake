# Two Debian packages, by CPack: `libconductor-dev` is the component development, static libraries
# and what is needed to build with them; `conductor-workerd` is the daemon with its unit, a
# configuration and the workflows. For the preset `debian`:
#   cmake --preset debian && cmake --build --preset debian && (cd build/debian && cpack)
set(debian_files "${PROJECT_SOURCE_DIR}/deploy/debian")
find_program(CONDUCTOR_GZIP gzip REQUIRED)

# Without name and time in it, as Debian wants its changelogs.
execute_process(COMMAND "${CONDUCTOR_GZIP}" -9nc "${debian_files}/changelog"
    OUTPUT_FILE "${PROJECT_BINARY_DIR}/changelog.gz" COMMAND_ERROR_IS_FATAL ANY)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${debian_files}/changelog")

foreach(pair development:libconductor-dev daemon:conductor-workerd)
    string(REGEX MATCH "^(.+):(.+)$" pair "${pair}")
    set(folder "${CMAKE_INSTALL_DATADIR}/doc/${CMAKE_MATCH_2}")
    install(FILES "${debian_files}/copyright" "${PROJECT_BINARY_DIR}/changelog.gz"
        COMPONENT ${CMAKE_MATCH_1} DESTINATION "${folder}")
endforeach()

# Where there are units, there is a configuration for them too.
set(units "${PROJECT_SOURCE_DIR}/deploy/systemd")
file(GLOB unit_files CONFIGURE_DEPENDS "${units}/conductor-workerd*.service")
install(FILES ${unit_files} COMPONENT daemon DESTINATION lib/systemd/system)
set(configuration "${units}/workerd.yaml")
if(NOT EXISTS "${configuration}")
    set(configuration "${PROJECT_SOURCE_DIR}/workers/daemon/conductor-workerd.yaml")
endif()
install(FILES "${configuration}" COMPONENT daemon RENAME workerd.yaml
    DESTINATION "${CMAKE_INSTALL_FULL_SYSCONFDIR}/conductor")
# A file of it is a secret of the configuration: credential:conductor_FILE.
install(DIRECTORY DESTINATION "${CMAKE_INSTALL_FULL_SYSCONFDIR}/conductor/credentials"
    COMPONENT daemon DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
file(WRITE "${PROJECT_BINARY_DIR}/conffiles"
    "${CMAKE_INSTALL_FULL_SYSCONFDIR}/conductor/workerd.yaml\n")

set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(boost ${Boost_VERSION_MAJOR}.${Boost_VERSION_MINOR})

set(CPACK_GENERATOR DEB)
# For the configuration, which is not below the prefix.
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX "${CMAKE_INSTALL_PREFIX}")
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL development daemon)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_PACKAGE_NAME conductor)
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGE_CONTACT "Conductor C++ maintainers <maintainers@conductor-cpp.invalid>")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libconductor-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
string(CONCAT CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libboost${boost}-dev, "
    "libboost-json${boost}-dev, libboost-url${boost}-dev, libssl-dev (>= 3), zlib1g-dev")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SUGGESTS "libsqlite3-dev, prometheus-cpp-dev")
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION
"This package has the SDK, for workers and clients of the workflow server
Conductor and of Orkes Cloud in C++20: static libraries, headers, and files for
CMake and pkg-config. libsqlite3-dev is needed to link the outbox,
prometheus-cpp-dev to link the metrics.")

set(CPACK_DEBIAN_DAEMON_PACKAGE_NAME conductor-workerd)
set(CPACK_DEBIAN_DAEMON_PACKAGE_SECTION net)
set(CPACK_DEBIAN_DAEMON_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_DAEMON_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_DAEMON_PACKAGE_CONTROL_EXTRA "${PROJECT_BINARY_DIR}/conffiles")
set(CPACK_DEBIAN_DAEMON_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_COMPONENT_DAEMON_DESCRIPTION
"This package has the daemon, which serves tasks of the workflow server Conductor
and of Orkes Cloud: it finds who starred, forked and contributed to repositories
of GitHub, and loads them into a community database. It is configured in
/etc/conductor/workerd.yaml and run by systemd.")
include(CPack)
