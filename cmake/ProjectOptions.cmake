# Parsing Asio and Boost.JSON is most of what a compilation costs. The presets for development parse
# them once for conductor::http, once for what stands on conductor::sdk, and once for the tests; the
# release preset does without, which also shows that each file includes what it needs.
option(CONDUCTOR_PRECOMPILE "Precompile the headers of Boost.Asio and Boost.JSON" OFF)

# How all targets of this project are compiled: C++20, warnings, sanitizers, and Asio and Beast
# compiled once (PRIVATE: a user of the installed package chooses for themselves).
add_library(conductor_options INTERFACE)
target_compile_features(conductor_options INTERFACE cxx_std_20)
target_compile_options(conductor_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast -Wnon-virtual-dtor
    $<$<BOOL:${CONDUCTOR_WERROR}>:-Werror>)
target_compile_definitions(conductor_options INTERFACE
    BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
    BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_DATE_TIME)
# Asio's TLS streams hold other timers without Boost.DateTime. What includes them is compiled as it is
# by default, so that a user's program may use them too; the rest does without, which compiles faster.
set(conductor_tls_options -UBOOST_ASIO_DISABLE_BOOST_DATE_TIME)
# Lets ccache see through precompiled headers.
target_compile_options(conductor_options INTERFACE
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${CONDUCTOR_PRECOMPILE}>>:-fpch-preprocess>)
# Everything is instrumented, the examples too: one inline function that is not would hide what it
# does from all of its callers.
if(CONDUCTOR_SANITIZE)
    add_compile_options(-fsanitize=${CONDUCTOR_SANITIZE} -fno-omit-frame-pointer
                        -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${CONDUCTOR_SANITIZE})
    add_compile_definitions(CONDUCTOR_SANITIZED)
endif()
# Checks before each use of a pointer cost a quarter of the time to compile; most of what they would
# find, the address sanitizer finds as well.
if(CONDUCTOR_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize=null,alignment,object-size,vptr)
endif()
# gcc cannot instrument the fences that Asio puts around each handler; what they order is ordered by
# the locks of its queues as well.
if(CONDUCTOR_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-Wno-tsan)
endif()
# Where several sources are compiled as one, their unnamed namespaces still end with them, and what a
# local name shadows may stand in another file.
target_compile_options(conductor_options INTERFACE
    $<$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>:-Wno-shadow>
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>:-Wno-subobject-linkage>)
# clang's -Wconversion says more than gcc's, and it reads the algorithms of gcc's library, which use
# what the library itself deprecates.
target_compile_options(conductor_options INTERFACE
    $<$<CXX_COMPILER_ID:Clang>:-Wno-sign-conversion$<SEMICOLON>-Wno-deprecated-declarations>)
# gcc 12 reports uninitialised and dangling members inside Asio's coroutine frames and inside
# Boost.JSON and Boost.URL when it inlines them; the same code is clean under the sanitizers.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(conductor_options INTERFACE -Wno-maybe-uninitialized)
endif()
# gcc 12 also sees overlapping copies in `"text" + string` once it inlines them (its bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(conductor_options INTERFACE $<$<CONFIG:Release>:-Wno-restrict>)
endif()
# Debug information makes GNU ld the slowest step of a rebuild; what is shipped is linked by the
# compiler's own choice.
find_program(CONDUCTOR_MOLD mold)
if(CONDUCTOR_MOLD AND CMAKE_BUILD_TYPE STREQUAL "Debug")
    target_link_options(conductor_options INTERFACE -fuse-ld=mold)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)

# What conductor::http parses once; conductor::sdk adds Boost.JSON, and the tests GoogleTest.
set(conductor_precompiled_http
    <boost/asio/any_io_executor.hpp> <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>
    <boost/asio/io_context.hpp> <boost/asio/ip/tcp.hpp> <boost/asio/use_awaitable.hpp>
    <boost/system/result.hpp> <chrono> <functional> <map> <memory> <optional> <string> <vector>)

set(conductor_precompiled_sdk ${conductor_precompiled_http} <boost/json.hpp>)
set(conductor_precompiled_tests ${conductor_precompiled_sdk} <gtest/gtest.h>)

# conductor_precompile(target owner) lets a target that links conductor::sdk, or conductor::http
# alone, use the headers that conductor_sdk or conductor_http has precompiled.
function(conductor_precompile target owner)
    if(CONDUCTOR_PRECOMPILE)
        target_precompile_headers(${target} REUSE_FROM ${owner})
    endif()
endfunction()
