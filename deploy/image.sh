#!/usr/bin/env bash
# Writes Broker's container image as a tar, without a container engine and without root; `deploy/image.sh --help`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$here")

usage() {
    cat <<'HELP'
deploy/image.sh: the image of broker, brokerctl, broker-agent and broker-ipam.

  deploy/image.sh                   writes artifacts/image/broker.tar, with the name broker:0.1.0
  deploy/image.sh --out FILE        writes it there
  deploy/image.sh --name NAME:TAG   gives it another name
  deploy/image.sh --rootfs FOLDER   makes the tree of files only, in a new folder; the Dockerfile is built from it

Import it with: ctr -n k8s.io images import FILE     (kind: kind load image-archive FILE; docker: docker load -i FILE)

It has the published programs with their runtime, the shared libraries that they need, copied from this machine, and
nothing else: no shell and no package manager. Times in it are fixed. Needs the
.NET SDK 10, gcc and zlib1g-dev (for broker-ipam), jq, tar, gzip, and OpenSSL 3. The plugin runs on hosts whose glibc is
at least as new as this machine's: build on the oldest.
HELP
}

stop() { printf 'image.sh: %s\n' "$1" >&2; exit 1; }

name=broker:0.1.0
out=$repository/artifacts/image/broker.tar
rootfs=
while [ $# -gt 0 ]; do
    case $1 in
        --help | -h) usage; exit 0 ;;
        --out) out=${2:?--out FILE}; shift 2 ;;
        --name) name=${2:?--name NAME:TAG}; shift 2 ;;
        --rootfs) rootfs=${2:?--rootfs FOLDER}; shift 2 ;;
        *) stop "unknown option $1; try --help" ;;
    esac
done
for tool in dotnet gcc jq tar gzip ldd sha256sum; do
    command -v "$tool" >/dev/null || stop "$tool is missing. On Debian: apt-get install gcc zlib1g-dev jq"
done
case $(uname -m) in
    x86_64) runtime=linux-x64 architecture=amd64 ;;
    aarch64) runtime=linux-arm64 architecture=arm64 ;;
    *) stop "no image for $(uname -m) is made" ;;
esac

artifacts=$repository/artifacts/image
mkdir -p "$artifacts"
work=$(mktemp -d "$artifacts/work-XXXXXX")
trap 'rm -rf "$work"' EXIT
tree=${rootfs:-$work/rootfs}
[ ! -e "$tree" ] || stop "$tree is there already"
programs=$tree/usr/lib/broker
# Layers are world-readable whatever the umask of whoever makes them.
umask 022
mkdir -p "$programs"

publish() {
    local project=$1
    shift
    # PathMap: the programs must not tell, nor depend on, where they were built.
    dotnet publish "$repository/src/$project" -c Release -r "$runtime" --artifacts-path "$artifacts/build" \
        -p:PublishDir="$work/$project/" -p:PathMap="$repository=/src" -nologo -v quiet -nodeReuse:false "$@" >&2 ||
        stop "$project was not published"
    rm -rf "$work/$project"/*.pdb "$work/$project"/*.xml "$work/$project"/*.dbg
    cp -R "$work/$project/." "$programs/"
}

publish Broker.Server --self-contained
publish Broker.Cli --self-contained
publish Broker.Agent --self-contained
publish Broker.Cni
# For debuggers and tracers on the machine, none of which is in the image.
rm -f "$programs"/createdump "$programs"/libmscordaccore.so "$programs"/libmscordbi.so \
    "$programs"/libcoreclrtraceptprovider.so
find "$programs" -type f -exec chmod 644 {} +
for program in broker brokerctl broker-agent broker-ipam; do
    chmod 755 "$programs/$program"
done

# What the loader finds for each of them here; OpenSSL, which .NET opens by name; at the places where both look.
libraries() {
    local openssl
    find "$programs" -type f \( -name '*.so' -o -perm -u+x \) -exec ldd {} \; 2>/dev/null || :
    for openssl in libssl.so.3 libcrypto.so.3; do
        PATH=$PATH:/sbin:/usr/sbin ldconfig -p | awk -v name="$openssl" '$1 == name { print $1, "=>", $NF; exit }'
    done
}
libraries | awk '$2 == "=>" && $3 ~ /^\// { print $3 } $1 ~ /^\/lib/ { print $1 }' |
    grep -v /usr/lib/broker/ | sort -u >"$work/libraries"
grep -q libssl.so.3 "$work/libraries" || stop "OpenSSL 3 is missing. On Debian: apt-get install libssl3"
while read -r library; do
    mkdir -p "$tree$(dirname "$library")"
    cp -L "$library" "$tree$library"
done <"$work/libraries"

mkdir -p "$tree/etc/ssl/certs" "$tree/tmp" "$tree/var/lib/broker" "$tree/run/broker"
chmod 1777 "$tree/tmp"
printf 'root:x:0:0:root:/:/none\nbroker:x:1654:1654:broker:/var/lib/broker:/none\n' >"$tree/etc/passwd"
printf 'root:x:0:\nbroker:x:1654:\n' >"$tree/etc/group"
printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$tree/etc/nsswitch.conf"
# For telemetry:otlpEndpoint only; nobody else is trusted by a public CA.
[ ! -e /etc/ssl/certs/ca-certificates.crt ] || cp -L /etc/ssl/certs/ca-certificates.crt "$tree/etc/ssl/certs/"
[ -z "$rootfs" ] || { printf 'made %s\n' "$rootfs"; exit 0; }

# The form of an OCI image layout (1.0.0), with the manifest.json that `docker load` of before 25 looks for.
pack() {
    tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --format=pax \
        --pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime -C "$1" -cf - .
}
digest() { sha256sum | cut -d ' ' -f 1; }
layout=$work/layout
mkdir -p "$layout/blobs/sha256"

# keep FILE: as a blob; prints its digest.
keep() {
    local sum
    sum=$(digest <"$1")
    mv "$1" "$layout/blobs/sha256/$sum"
    printf '%s' "$sum"
}

pack "$tree" >"$work/layer.tar"
content=$(digest <"$work/layer.tar")
gzip -n -6 <"$work/layer.tar" >"$work/layer.tar.gz"
layer_bytes=$(stat -c %s "$work/layer.tar.gz")
layer=$(keep "$work/layer.tar.gz")
jq -cn --arg architecture "$architecture" --arg layer "sha256:$content" '{
    architecture: $architecture, os: "linux", created: "1970-01-01T00:00:00Z",
    config: {
        User: "1654:1654", Entrypoint: ["/usr/lib/broker/broker"], WorkingDir: "/",
        Env: ["PATH=/usr/lib/broker", "DOTNET_EnableDiagnostics=0",
            "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"]
    },
    rootfs: { type: "layers", diff_ids: [$layer] }
}' >"$work/config"
config_bytes=$(stat -c %s "$work/config")
config=$(keep "$work/config")
jq -cn --arg config "sha256:$config" --argjson config_bytes "$config_bytes" \
    --arg layer "sha256:$layer" --argjson layer_bytes "$layer_bytes" '{
    schemaVersion: 2, mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: { mediaType: "application/vnd.oci.image.config.v1+json", digest: $config, size: $config_bytes },
    layers: [{
        mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", digest: $layer, size: $layer_bytes
    }]
}' >"$work/manifest"
manifest_bytes=$(stat -c %s "$work/manifest")
manifest=$(keep "$work/manifest")
# What a cluster calls a name without a registry.
case $name in
    */*) full=$name ;;
    *) full=docker.io/library/$name ;;
esac
jq -cn --arg digest "sha256:$manifest" --argjson bytes "$manifest_bytes" --arg full "$full" --arg tag "${name##*:}" '{
    schemaVersion: 2, mediaType: "application/vnd.oci.image.index.v1+json",
    manifests: [{
        mediaType: "application/vnd.oci.image.manifest.v1+json", digest: $digest, size: $bytes,
        annotations: { "io.containerd.image.name": $full, "org.opencontainers.image.ref.name": $tag }
    }]
}' >"$layout/index.json"
jq -cn --arg config "blobs/sha256/$config" --arg layer "blobs/sha256/$layer" --arg name "$name" \
    '[{ Config: $config, RepoTags: [$name], Layers: [$layer] }]' >"$layout/manifest.json"
printf '{"imageLayoutVersion":"1.0.0"}' >"$layout/oci-layout"
mkdir -p "$(dirname "$out")"
pack "$layout" >"$out.next"
mv "$out.next" "$out"
printf 'made %s: %s, %s MB, sha256:%s\n' "$out" "$name" "$(($(stat -c %s "$out") / 1000000))" "$manifest"
