# Parsing Asio and Boost.JSON is most of what a compilation costs. The presets for development parse
# them once for conductor::http and once for all that stands on conductor::sdk; the release preset
# does without, which also shows that each file includes what it needs.
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
# Lets ccache see through precompiled headers.
target_compile_options(conductor_options INTERFACE
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${CONDUCTOR_PRECOMPILE}>>:-fpch-preprocess>)
if(CONDUCTOR_SANITIZE)
    target_compile_options(conductor_options INTERFACE
        -fsanitize=${CONDUCTOR_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(conductor_options INTERFACE -fsanitize=${CONDUCTOR_SANITIZE})
endif()
# gcc cannot instrument the fences that Asio puts around each handler; what they order is ordered by
# the locks of its queues as well.
if(CONDUCTOR_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(conductor_options INTERFACE -Wno-tsan)
endif()
# gcc 12 reports uninitialised and dangling members inside Asio's coroutine frames and inside
# Boost.JSON and Boost.URL when it inlines them; the same code is clean under the sanitizers.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(conductor_options INTERFACE -Wno-maybe-uninitialized)
endif()
# gcc 12 also sees overlapping copies in `"text" + string` once it inlines them (its bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(conductor_options INTERFACE $<$<CONFIG:Release>:-Wno-restrict>)
endif()
set(CMAKE_CXX_EXTENSIONS OFF)

# What conductor::http parses once; conductor::sdk adds Boost.JSON.
set(conductor_precompiled_asio
    <boost/asio/any_io_executor.hpp> <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>
    <boost/asio/io_context.hpp> <boost/asio/ip/tcp.hpp> <boost/asio/use_awaitable.hpp>
    <boost/system/result.hpp> <chrono> <functional> <map> <memory> <optional> <string> <vector>)

# conductor_precompile(target owner) lets a target that links conductor::sdk, or conductor::http
# alone, use the headers that conductor_sdk or conductor_http has precompiled.
function(conductor_precompile target owner)
    if(CONDUCTOR_PRECOMPILE)
        target_precompile_headers(${target} REUSE_FROM ${owner})
    endif()
endfunction()
