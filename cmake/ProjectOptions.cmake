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
set(CMAKE_CXX_EXTENSIONS OFF)
