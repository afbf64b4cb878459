"""Small deep-learning experiments that can be run, rewound, shared and taken home; knows nothing of the web."""
