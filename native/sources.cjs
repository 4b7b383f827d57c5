// The one list of what is built, read by CMakeLists.txt and by binding.gyp: the addon's sources, and those of the
// template server, the Lean host and the launcher, which are programs of their own and know nothing of Node.
const inNative = (name) => `native/${name}`;

// Code on the region: both sides of the shared memory.
const sharedMemory = [
  'engine/fork_server.cc',
  'engine/log_ring.cc',
  'engine/mailbox.cc',
  'engine/region.cc',
  'engine/work_ring.cc',
  'os/futex.cc',
  'os/memory_file.cc',
  'os/process.cc',
];

const sources = [
  'addon.cc',
  'binding/fork_server.cc',
  'binding/log_ring.cc',
  'binding/mailbox.cc',
  'binding/region.cc',
  'binding/work_ring.cc',
  'os/lost_page.cc',
  'os/second_signal.cc',
  ...sharedMemory,
].map(inNative);

const templateServer = [
  'os/call_fence.cc',
  'os/capabilities.cc',
  'os/process.cc',
  'os/sandbox.cc',
  'os/tree.cc',
  'template-server/copies.cc',
  'template-server/copy.cc',
  'template-server/keeper.cc',
  'template-server/main.cc',
  'template-server/runner.cc',
  'template-server/server.cc',
  'template-server/store.cc',
].map(inNative);

const leanHost = [
  ...sharedMemory,
  'lean-host/addresses.cc',
  'lean-host/confine.cc',
  'lean-host/constants.cc',
  'lean-host/coverage.cc',
  'lean-host/decoder.cc',
  'lean-host/encoder.cc',
  'lean-host/evidence.cc',
  'lean-host/executor.cc',
  'lean-host/first_line.cc',
  'lean-host/job_runner.cc',
  'lean-host/kernel.cc',
  'lean-host/level_runner.cc',
  'lean-host/library.cc',
  'lean-host/main.cc',
  'lean-host/made.cc',
  'lean-host/names.cc',
  'lean-host/natural.cc',
  'lean-host/news.cc',
  'lean-host/shapes.cc',
  'lean-host/source_library.cc',
  'lean-host/source_session.cc',
  'lean-host/try_fence.cc',
  'os/capabilities.cc',
  'os/code_fence.cc',
].map(inNative);

const launcher = ['launcher/main.cc'].map(inNative);

module.exports = {
  sources,
  joined: sources.join(';'),
  templateServer,
  templateServerJoined: templateServer.join(';'),
  leanHost,
  leanHostJoined: leanHost.join(';'),
  launcher,
  launcherJoined: launcher.join(';'),
};
