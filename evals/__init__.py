"""Quality on labelled data, the baseline beside each figure. `./run eval [NAME...]`."""
