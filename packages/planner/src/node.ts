// Entry point for what needs Node: models in a process of their own, and the server of the Model Context Protocol.
export {};
