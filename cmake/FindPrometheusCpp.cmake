# Finds the core of prometheus-cpp as PrometheusCpp::core. Its own package file also asks for
# CivetWeb and curl, which only its pull and push parts need.
find_path(PrometheusCpp_INCLUDE_DIR prometheus/registry.h)
find_library(PrometheusCpp_LIBRARY prometheus-cpp-core)
mark_as_advanced(PrometheusCpp_INCLUDE_DIR PrometheusCpp_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PrometheusCpp
    REQUIRED_VARS PrometheusCpp_LIBRARY PrometheusCpp_INCLUDE_DIR)

if(PrometheusCpp_FOUND AND NOT TARGET PrometheusCpp::core)
    add_library(PrometheusCpp::core UNKNOWN IMPORTED)
    set_target_properties(PrometheusCpp::core PROPERTIES
        IMPORTED_LOCATION "${PrometheusCpp_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${PrometheusCpp_INCLUDE_DIR}")
endif()
