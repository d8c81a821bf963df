// Served unless the server was started with a configuration of the user's.
export default {};
