# Completion of conductor-workerd for bash: /usr/share/bash-completion/completions/conductor-workerd.

_conductor_workerd() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} options
    COMPREPLY=()
    case $before in
        --config | --input | --db | --out)
            compopt -o filenames
            local IFS=$'\n'  # a name may hold a space
            COMPREPLY=($(compgen -f -- "$word"))
            return
            ;;
        --dir)
            compopt -o filenames
            local IFS=$'\n'  # a name may hold a space
            COMPREPLY=($(compgen -d -- "$word"))
            return
            ;;
    esac
    case ${COMP_WORDS[1]} in
        run | check | verify) options='--config --help' ;;
        tasks) options=--help ;;
        exec) options='--input --config --help' ;;
        register) options='--dir --dry-run --config --help' ;;
        start) options='--input --version --correlation-id --follow --config --help' ;;
        report) options='--db --out --help' ;;
        status) options='--config --url --token --help' ;;
        *) options='run check tasks exec register start report status verify --help --version' ;;
    esac
    if ((COMP_CWORD == 1)); then
        options='run check tasks exec register start report status verify --help --version'
    elif ((COMP_CWORD == 2)) && [[ ${COMP_WORDS[1]} == exec && $word != -* ]]; then
        options='github_fetch star_filter orbit_upload'
    fi
    COMPREPLY=($(compgen -W "$options" -- "$word"))
}
complete -F _conductor_workerd conductor-workerd
