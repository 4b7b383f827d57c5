{
  "variables": {
    # 1 where zig compiles (npm run prebuild).
    "zig%": 0
  },
  "target_defaults": {
    "include_dirs": ["<!(node -p \"require('node-addon-api').include_dir\")"],
    "defines": ["_GNU_SOURCE"],
    # On 64 bits it changes nothing but the name under which mmap is found.
    "defines!": ["_FILE_OFFSET_BITS=64"],
    "cflags": ["-Wall", "-Wextra"],
    "cflags_cc": ["-std=c++17"],
    "cflags!": ["-fno-exceptions"],
    "cflags_cc!": ["-fno-exceptions", "-std=gnu++17"],
    "ldflags": ["-s"]
  },
  "targets": [
    {
      "target_name": "lean_fuzz",
      "sources": ["<!@(node -p \"require('./native/sources.cjs').sources.join(' ')\")"],
      "defines": ["NAPI_VERSION=8", "NAPI_CPP_EXCEPTIONS"],
      "cflags": ["-fvisibility=hidden"]
    },
    {
      "target_name": "lean_fuzz_template_server",
      "type": "executable",
      "product_extension": "",
      "sources": ["<!@(node -p \"require('./native/sources.cjs').templateServer.join(' ')\")"],
      "ldflags!": ["-rdynamic"],
      "ldflags": ["-static-libstdc++", "-static-libgcc"]
    },
    {
      "target_name": "lean_fuzz_lean_host",
      "type": "executable",
      "product_extension": "",
      "sources": ["<!@(node -p \"require('./native/sources.cjs').leanHost.join(' ')\")"],
      "ldflags!": ["-rdynamic"],
      "libraries": ["-ldl", "-lpthread"],
      "ldflags": ["-static-libstdc++", "-static-libgcc"],
      # What Lean's library must find here. zig's linker shows it by itself.
      "conditions": [
        ["zig==0", { "ldflags": ["-Wl,--dynamic-list=<(module_root_dir)/native/lean-host/exported.txt"] }]
      ]
    },
    {
      "target_name": "lean_fuzz_launcher",
      "type": "executable",
      "product_extension": "",
      "sources": ["<!@(node -p \"require('./native/sources.cjs').launcher.join(' ')\")"],
      "ldflags!": ["-rdynamic"],
      "ldflags": ["-Wl,--as-needed", "-static-libstdc++", "-static-libgcc"]
    }
  ]
}
