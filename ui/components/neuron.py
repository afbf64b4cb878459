def neuron(key, initial, labels): pass
