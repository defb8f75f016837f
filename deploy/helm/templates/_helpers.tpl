{{- define "campaign.name" -}}
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains .Chart.Name .Release.Name -}}
{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" }}
{{- end -}}
{{- end -}}

{{/* What a Deployment, a Service, a policy … select by. Called with (list $ "api"). */}}
{{- define "campaign.selector" -}}
app.kubernetes.io/name: {{ (index . 0).Chart.Name }}
app.kubernetes.io/instance: {{ (index . 0).Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{- define "campaign.labels" -}}
{{ include "campaign.selector" . }}
app.kubernetes.io/version: {{ (index . 0).Chart.AppVersion | quote }}
{{- end -}}

{{/* A value as text; whole numbers without an exponent, as which Helm reads them. */}}
{{- define "campaign.text" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) }}{{ int64 . }}{{ else }}{{ . }}{{ end -}}
{{- end -}}

{{/* Variables from values: a map from names to values; what is empty is not given. */}}
{{- define "campaign.env.values" -}}
{{- range $name, $value := . }}
{{- $text := ternary "" (include "campaign.text" $value) (kindIs "invalid" $value) }}
{{- if $text }}
- name: {{ $name }}
  value: {{ $text | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Settings as variables: campaign.lease.dead-after is CAMPAIGN_LEASE_DEAD_AFTER. */}}
{{- define "campaign.env.settings" -}}
{{- range $name, $value := . }}
- name: {{ regexReplaceAll "[^A-Z0-9]" ($name | upper) "_" }}
  value: {{ include "campaign.text" $value | quote }}
{{- end }}
{{- end -}}

{{/* Variables from Secrets. Called with (list $ names-that-must-be-there names-that-may). */}}
{{- define "campaign.env.secrets" -}}
{{- $secrets := (index . 0).Values.secrets }}
{{- $must := index . 1 }}
{{- range $name := concat $must (index . 2) }}
{{- $other := get $secrets.elsewhere $name }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef:
      {{- if $other }}
      name: {{ $other.name }}
      key: {{ $other.key }}
      {{- else }}
      name: {{ $secrets.name }}
      key: {{ $name }}
      {{- if not (has $name $must) }}
      optional: true
      {{- end }}
      {{- end }}
{{- end }}
{{- end -}}

{{/* The JVM's; glibc would keep an arena of memory for each core of the node. */}}
{{- define "campaign.env.java" -}}
- name: JAVA_TOOL_OPTIONS
  value: {{ . | quote }}
- name: MALLOC_ARENA_MAX
  value: "2"
{{- end -}}

{{- define "campaign.pod.security" -}}
runAsNonRoot: true
{{- with .Values.runAsUser }}
runAsUser: {{ int64 . }}
runAsGroup: {{ int64 . }}
fsGroup: {{ int64 . }}
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "campaign.container.security" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* What the pods of both services have. Called with (list $ "api"). */}}
{{- define "campaign.pod" -}}
{{- $root := index . 0 }}
{{- $name := index . 1 }}
{{- $service := get $root.Values $name }}
{{- $selector := include "campaign.selector" . -}}
serviceAccountName: {{ include "campaign.name" $root }}-{{ $name }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with $root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  {{- include "campaign.pod.security" $root | nindent 2 }}
{{- with $service.pod.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $service.pod.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $service.pod.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- $spread := $service.pod.spread }}
{{- if or $spread.zone $spread.node }}
topologySpreadConstraints:
  {{- range $key, $how := dict "topology.kubernetes.io/zone" $spread.zone "kubernetes.io/hostname" $spread.node }}
  {{- if $how }}
  - maxSkew: 1
    topologyKey: {{ $key }}
    whenUnsatisfiable: {{ $how }}
    # Of the same revision, or the pods of the old one would count during a roll-out.
    matchLabelKeys: [pod-template-hash]
    labelSelector:
      matchLabels:
        {{- $selector | nindent 8 }}
  {{- end }}
  {{- end }}
{{- end }}
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: {{ $service.tmpSize }}
  {{- with $root.Values.secrets.config }}
  - name: config
    secret:
      secretName: {{ . }}
      defaultMode: 0440
  {{- end }}
{{- end -}}

{{- define "campaign.mounts" -}}
# All that the JVM writes: its own files, unpacked native libraries, uploads under way.
- name: tmp
  mountPath: /tmp
{{- if .Values.secrets.config }}
- name: config
  mountPath: /app/config
  readOnly: true
{{- end }}
{{- end -}}

{{- define "campaign.probe" -}}
httpGet:
  path: {{ . }}
  port: http
timeoutSeconds: 5
{{- end -}}

{{- define "campaign.image" -}}
{{ .image.repository }}:{{ .image.tag | default .version }}
{{- end -}}

{{/* As deploy/local and docker-compose.yml create them. */}}
{{- define "campaign.topics" -}}
{{- $topics := .Values.topics }}
{{- $inSync := min (int $topics.minInSyncReplicas) (int $topics.replicationFactor) | toString }}
{{- $events := dict "retention.ms" (include "campaign.text" $topics.retentionMs) "min.insync.replicas" $inSync }}
{{- dict "topics" (list
  (dict "name" "campaign-due" "partitions" 6 "config" $events)
  (dict "name" "campaign-batch" "partitions" 24 "config" $events)
  (dict "name" "campaign-due-dlq" "partitions" 1 "config" $events)
  (dict "name" "campaign-batch-dlq" "partitions" 1 "config" $events)
  (dict "name" "campaign-ledger" "partitions" 1 "config" (dict "cleanup.policy" "compact" "min.insync.replicas" $inSync))) | toYaml }}
{{- end -}}
