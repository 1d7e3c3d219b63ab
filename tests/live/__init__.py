"""Live tests: the registered workflow on a real Conductor server, daemon and sandbox around it.

ctest starts one server for all of them (`ctest -L live`). By hand, from the folder above this one:

    export CONDUCTOR_WORKERD=../build/dev/bin/conductor-workerd
    export LIVE_SERVER_FOLDER=../build/dev/live-server
    python3 -m live.conductor_server start
    python3 -m unittest -v live.normal_day_test
    python3 -m live.conductor_server stop
"""
