# An overlay port: it builds the tree that it is in.
#   vcpkg install conductor-cpp --overlay-ports=deploy/vcpkg
cmake_path(SET source NORMALIZE "${CMAKE_CURRENT_LIST_DIR}/../../..")

vcpkg_check_features(OUT_FEATURE_OPTIONS features
    FEATURES
        outbox CONDUCTOR_BUILD_OUTBOX
        prometheus CONDUCTOR_BUILD_PROMETHEUS)
vcpkg_cmake_configure(
    SOURCE_PATH "${source}"
    OPTIONS
        ${features}
        -DBUILD_TESTING=OFF
        -DCONDUCTOR_BUILD_BENCHMARKS=OFF
        -DCONDUCTOR_BUILD_EXAMPLES=OFF
        -DCONDUCTOR_BUILD_WORKERS=OFF
        -DCONDUCTOR_WERROR=OFF)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME conductor CONFIG_PATH lib/cmake/conductor)
vcpkg_fixup_pkgconfig()
file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include" "${CURRENT_PACKAGES_DIR}/debug/share")
vcpkg_install_copyright(FILE_LIST "${source}/LICENSE")
