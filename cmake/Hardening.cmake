# How what we ship resists the misuse of a bug in it: addresses that nobody can foresee, return
# addresses that cannot be overwritten unseen, calls that land at functions only, tables of addresses
# that are read-only once they are filled in, no memory that is both written and executed, and copies
# whose length is checked. tests/hardening reads the built programs and says which of it they have.
#
# A project that adds this one as a folder chooses for itself, and so may whoever builds it.
option(CONDUCTOR_HARDENING "Compile and link with protection against memory errors"
    ${PROJECT_IS_TOP_LEVEL})

# The sanitizers check more, and their interceptors see nothing of a checked copy.
if(NOT CONDUCTOR_HARDENING OR CONDUCTOR_SANITIZE)
    return()
endif()

# Debian's compilers make position-independent programs by default; others are told to. What has an
# option of its own, as a library for a shared one, keeps it.
set(conductor_has_no_option "$<NOT:$<BOOL:$<TARGET_PROPERTY:POSITION_INDEPENDENT_CODE>>>")
foreach(type EXECUTABLE STATIC_LIBRARY)
    set(conductor_is_type "$<STREQUAL:$<TARGET_PROPERTY:TYPE>,${type}>")
    add_compile_options("$<$<AND:${conductor_is_type},${conductor_has_no_option}>:-fPIE>")
endforeach()
add_link_options($<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>)
add_compile_options(-fstack-protector-strong -fstack-clash-protection)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|i[3-6]86)$")
    add_compile_options(-fcf-protection)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
    add_compile_options(-mbranch-protection=standard)
endif()
# Lengths are known only to an optimizing compiler; glibc warns of the definition without one.
add_compile_options("$<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:-U_FORTIFY_SOURCE>"
    "$<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:-D_FORTIFY_SOURCE=3>")
add_link_options(-Wl,-z,relro,-z,now,-z,noexecstack)
