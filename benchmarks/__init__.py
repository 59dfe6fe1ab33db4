"""Speed and memory, each figure beside a peer in the same run. `./run bench [NAME...]`."""
