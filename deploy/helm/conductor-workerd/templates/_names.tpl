{{- define "conductor-workerd.name" -}}
{{ default .Chart.Name .Release.Name | trunc 52 | trimSuffix "-" }}
{{- end -}}

{{- define "conductor-workerd.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "conductor-workerd.labels" -}}
{{ include "conductor-workerd.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "conductor-workerd.configuration" -}}
{{- $admin := dict "listen" "0.0.0.0:9991" -}}
{{- if .Values.autoscaling.enabled -}}
{{- $_ := set $admin "queue_depth_seconds" 15 -}}
{{- end -}}
{{- $fixed := dict "admin" $admin "state_dir" "/var/lib/conductor-workerd"
      "shutdown" (dict "grace_seconds" .Values.graceSeconds) -}}
{{ mergeOverwrite (deepCopy .Values.configuration) $fixed | toYaml }}
{{- end -}}
