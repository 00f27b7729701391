// Loaded into every Node of the program before anything else: notes each process that it is in, and each connection that is tried, but pipes.
// Named without `node:`, which the Node of an old Electron does not know.
const [{ appendFileSync }, net, dns] = ['fs', 'net', 'dns'].map((name) => require(name));

const file = process.env.DIPTYCH_TEST_CONNECTIONS;
const note = (what) => file && appendFileSync(file, `${what}\n`);
note(`in ${process.type ?? 'node'}`);
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  const to = typeof first === 'object' ? first : { port: first };
  if (!to.path) note(`connect ${JSON.stringify({ host: to.host, port: to.port })}`);
  return connect.apply(this, args);
};
const { lookup } = dns;
dns.lookup = (...args) => {
  note(`lookup ${args[0]}`);
  return lookup(...args);
};
