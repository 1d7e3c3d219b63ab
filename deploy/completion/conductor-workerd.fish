# Completion of conductor-workerd for fish: /usr/share/fish/vendor_completions.d/conductor-workerd.fish.

complete -c conductor-workerd -f
complete -c conductor-workerd -n __fish_use_subcommand -l version -d 'print the version'
complete -c conductor-workerd -l help -d 'tell how it is used'

complete -c conductor-workerd -n __fish_use_subcommand -a run -d 'serve tasks, then drain'
complete -c conductor-workerd -n __fish_use_subcommand -a check -d 'check a configuration'
complete -c conductor-workerd -n __fish_use_subcommand -a tasks -d 'list the task types'
complete -c conductor-workerd -n __fish_use_subcommand -a exec -d 'run one task without a server'
complete -c conductor-workerd -n __fish_use_subcommand -a register -d 'bring definitions to the server'
complete -c conductor-workerd -n __fish_use_subcommand -a start -d 'start a workflow'
complete -c conductor-workerd -n __fish_use_subcommand -a report -d 'make a page of a database'
complete -c conductor-workerd -n __fish_use_subcommand -a status -d 'tell how a daemon is'
complete -c conductor-workerd -n __fish_use_subcommand -a verify -d 'try the server'

complete -c conductor-workerd \
    -n '__fish_seen_subcommand_from run check exec register start status verify' \
    -l config -r -F -d 'configuration (YAML)'
complete -c conductor-workerd -n '__fish_seen_subcommand_from exec start' \
    -l input -r -F -d 'file with the input (JSON)'
complete -c conductor-workerd -n '__fish_seen_subcommand_from exec' \
    -a 'github_fetch star_filter orbit_upload'
complete -c conductor-workerd -n '__fish_seen_subcommand_from register' \
    -l dir -x -a '(__fish_complete_directories)' -d 'folder of the definitions'
complete -c conductor-workerd -n '__fish_seen_subcommand_from register' \
    -l dry-run -d 'only say what would be done'
complete -c conductor-workerd -n '__fish_seen_subcommand_from start' \
    -l version -x -d 'version of the workflow'
complete -c conductor-workerd -n '__fish_seen_subcommand_from start' \
    -l correlation-id -x -d 'correlation id'
complete -c conductor-workerd -n '__fish_seen_subcommand_from start' \
    -l follow -d 'show each task as it runs'
complete -c conductor-workerd -n '__fish_seen_subcommand_from report' \
    -l db -r -F -d 'database of an sqlite sink'
complete -c conductor-workerd -n '__fish_seen_subcommand_from report' \
    -l out -r -F -d 'file to write'
complete -c conductor-workerd -n '__fish_seen_subcommand_from status' \
    -l url -x -d 'address of its admin page'
complete -c conductor-workerd -n '__fish_seen_subcommand_from status' \
    -l token -x -d 'where its token is, such as env:NAME'
