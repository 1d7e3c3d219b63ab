# Manual pages out of the documentation, by lowdown, and the completions of three shells. Without
# lowdown there are no pages; a Debian package must have them.
find_program(CONDUCTOR_LOWDOWN lowdown)

# conductor_manual_page(name section summary markdown...): the page NAME of a section, which says what
# a file of docs/ says below its title, and what further ones say below theirs.
function(conductor_manual_page name section summary)
    set(text "")
    foreach(markdown IN LISTS ARGN)
        file(READ "${markdown}" part)
        string(REGEX REPLACE "(^|\n)<!--[^\n]*-->\n" "\\1" part "${part}")
        string(APPEND text "${part}\n")
    endforeach()
    string(REGEX REPLACE "^#[^\n]*\n" "" text "${text}")
    set(page "${PROJECT_BINARY_DIR}/${name}.${section}")
    file(WRITE "${page}.md" "# NAME\n\n${name} - ${summary}\n\n# DESCRIPTION\n${text}")
    execute_process(
        COMMAND "${CONDUCTOR_LOWDOWN}" -s -Tman --nroff-nolinks -M "title=${name}"
            -M "section=${section}" -M "source=${PROJECT_NAME} ${PROJECT_VERSION}" -o "${page}"
            "${page}.md"
        COMMAND_ERROR_IS_FATAL ANY)
    if(CONDUCTOR_DEBIAN)
        execute_process(COMMAND "${CONDUCTOR_GZIP}" -9nc "${page}" OUTPUT_FILE "${page}.gz"
            COMMAND_ERROR_IS_FATAL ANY)
        string(APPEND page ".gz")
    endif()
    set_property(DIRECTORY "${PROJECT_SOURCE_DIR}" APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
        ${ARGN})
    install(FILES "${page}" COMPONENT daemon DESTINATION "${CMAKE_INSTALL_MANDIR}/man${section}")
endfunction()

function(conductor_install_manual)
    if(CONDUCTOR_LOWDOWN)
        conductor_manual_page(conductor-workerd 1 "serves tasks of a Conductor server"
            "${PROJECT_SOURCE_DIR}/docs/daemon.md")
        conductor_manual_page(conductor-workerd.yaml 5 "configuration of conductor-workerd"
            "${PROJECT_SOURCE_DIR}/docs/configuration.md"
            "${PROJECT_SOURCE_DIR}/docs/reference/configuration.md"
            "${PROJECT_SOURCE_DIR}/docs/reference/environment.md")
    elseif(CONDUCTOR_DEBIAN)
        message(FATAL_ERROR "lowdown, which makes the manual pages, is missing: scripts/setup")
    endif()
    set(completions "${PROJECT_SOURCE_DIR}/deploy/completion")
    install(FILES "${completions}/conductor-workerd.bash" COMPONENT daemon RENAME conductor-workerd
        DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
    install(FILES "${completions}/_conductor-workerd" COMPONENT daemon
        DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions")
    install(FILES "${completions}/conductor-workerd.fish" COMPONENT daemon
        DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
endfunction()
