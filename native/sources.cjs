// The one list of what the addon is built from, read by CMakeLists.txt and by binding.gyp.
const sources = [
  'addon.cc',
  'binding/fork_server.cc',
  'binding/log_ring.cc',
  'binding/mailbox.cc',
  'binding/region.cc',
  'binding/work_ring.cc',
  'engine/fork_server.cc',
  'engine/log_ring.cc',
  'engine/mailbox.cc',
  'engine/region.cc',
  'engine/work_ring.cc',
  'os/futex.cc',
  'os/memory_file.cc',
  'os/process.cc',
].map((name) => `native/${name}`);

module.exports = { sources, joined: sources.join(';') };
