{
  "targets": [
    {
      "target_name": "lean_fuzz",
      "sources": ["<!@(node -p \"require('./native/sources.cjs').sources.join(' ')\")"],
      "include_dirs": ["<!(node -p \"require('node-addon-api').include_dir\")"],
      "defines": ["NAPI_VERSION=8", "NAPI_CPP_EXCEPTIONS", "_GNU_SOURCE"],
      "cflags": ["-Wall", "-Wextra", "-fvisibility=hidden"],
      "cflags_cc": ["-std=c++17"],
      "cflags!": ["-fno-exceptions"],
      "cflags_cc!": ["-fno-exceptions", "-std=gnu++17"]
    },
    {
      "target_name": "lean_fuzz_template_server",
      "type": "executable",
      "product_extension": "",
      "sources": ["<!@(node -p \"require('./native/sources.cjs').templateServer.join(' ')\")"],
      "defines": ["_GNU_SOURCE"],
      "ldflags": ["-static-libstdc++", "-static-libgcc"],
      "cflags": ["-Wall", "-Wextra"],
      "cflags_cc": ["-std=c++17"],
      "cflags_cc!": ["-std=gnu++17"]
    },
    {
      "target_name": "lean_fuzz_lean_host",
      "type": "executable",
      "product_extension": "",
      "sources": ["<!@(node -p \"require('./native/sources.cjs').leanHost.join(' ')\")"],
      "defines": ["_GNU_SOURCE"],
      "ldflags": [
        "-static-libstdc++",
        "-static-libgcc",
        "-Wl,--dynamic-list=<(module_root_dir)/native/lean-host/exported.txt"
      ],
      "libraries": ["-ldl", "-lpthread"],
      "cflags": ["-Wall", "-Wextra"],
      "cflags_cc": ["-std=c++17"],
      "cflags!": ["-fno-exceptions"],
      "cflags_cc!": ["-fno-exceptions", "-std=gnu++17"]
    }
  ]
}
