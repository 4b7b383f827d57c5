// npm's install script: what was built before (npm run prebuild) serves where it loads; else the addon and its programs
// are built here, for which a C++17 compiler must be there. `npm install --build-from-source` always builds.
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const root = join(__dirname, '..');

/** Whether the prebuilt addon loads here: its programs were built by the same compiler, against the same C library. */
function loadsPrebuilt() {
  process.env.PREBUILDS_ONLY = '1';
  try {
    require('node-gyp-build')(root);
    return true;
  } catch {
    return false;
  }
}

function runs(command) {
  return spawnSync(command, { cwd: root, stdio: 'inherit', shell: true }).status === 0;
}

const wantsBuild = process.env.npm_config_build_from_source === 'true';
if (wantsBuild || !loadsPrebuilt()) process.exitCode = runs('cmake-js compile') || runs('node-gyp rebuild') ? 0 : 1;
