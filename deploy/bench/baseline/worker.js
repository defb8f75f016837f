// A campaign worker as one writes it on the stack of the system that this product replaces: an Agenda job that reads the customers, notes
// one document a recipient, and hands the messages to nodemailer's pool, CONCURRENCY of them at a time. Each part is used as its
// documentation recommends: bulk inserts, an update by _id when a message is sent, a pool of connections that are kept.
// Prints one line of JSON when the job is done. Environment: MONGO_URI, CAMPAIGN_MONGO_URI, SEGMENTATION_DB, CAMPAIGN_DB, SMTP_HOST, SMTP_PORT, CONNECTIONS,
// CONCURRENCY, WARM_UP (recipients of a round before the job that is measured).
import Agenda from 'agenda';
import { MongoClient } from 'mongodb';
import nodemailer from 'nodemailer';

const PAGE = 500;
const { MONGO_URI, CAMPAIGN_MONGO_URI, SEGMENTATION_DB, CAMPAIGN_DB, SMTP_HOST, SMTP_PORT } = process.env;
const connections = Number(process.env.CONNECTIONS);
const concurrency = Number(process.env.CONCURRENCY);

const client = await new MongoClient(CAMPAIGN_MONGO_URI, { maxPoolSize: concurrency }).connect();
const segments = await new MongoClient(MONGO_URI).connect();
const orders = segments.db(SEGMENTATION_DB).collection('orders');
const transport = nodemailer.createTransport({
  host: SMTP_HOST, port: Number(SMTP_PORT), secure: false, ignoreTLS: true, pool: true, maxConnections: connections, maxMessages: Infinity,
});
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Everybody once by address: the insert by _id is the deduplication. */
async function plan(recipients, limit) {
  const customers = orders.aggregate([
    { $match: { customer_id: { $ne: null }, email: { $type: 'string' } } },
    { $group: { _id: '$customer_id', email: { $last: '$email' }, name: { $last: '$name' } } },
    ...(limit > 0 ? [{ $limit: limit }] : []),
  ], { allowDiskUse: true, batchSize: PAGE });
  let page = [];
  const write = async () => {
    if (page.length > 0) {
      await recipients.insertMany(page, { ordered: false }).catch((e) => { if (e.code !== 11000) throw e; });
      page = [];
    }
  };
  for await (const { email, name } of customers) {
    const address = email.trim().toLowerCase();
    if (ADDRESS.test(address)) {
      page.push({ _id: address, name: name ?? '', status: 'pending' });
    }
    if (page.length === PAGE) {
      await write();
    }
  }
  await write();
}

function message({ _id, name }) {
  return {
    from: 'The shop <campaigns@shop.example>',
    to: _id,
    subject: `Something for you, ${name}`,
    text: `Hello ${name},\n\nyour next order is on its way to be 10 % cheaper.\n`,
    html: `<p>Hello <b>${name}</b>,</p><p>your next order is on its way to be 10 % cheaper.</p>`,
  };
}

async function send(recipients, pending, result) {
  for (;;) {
    const { value: recipient, done } = await pending.next();
    if (done) {
      return;
    }
    let status = 'sent';
    try {
      await transport.sendMail(message(recipient));
      result.firstMessageAt ??= Date.now();
      result.sent++;
    } catch (e) {
      status = 'failed';
      result.failed++;
    }
    await recipients.updateOne({ _id: recipient._id }, { $set: { status, at: new Date() } });
  }
}

async function campaign(collection, limit, due) {
  const recipients = client.db(CAMPAIGN_DB).collection(collection);
  const result = { sent: 0, failed: 0 };
  await plan(recipients, limit);
  const pending = recipients.find({ status: 'pending' }).batchSize(PAGE)[Symbol.asyncIterator]();
  await Promise.all(Array.from({ length: concurrency }, () => send(recipients, pending, result)));
  return {
    planned: await recipients.countDocuments(),
    sent: result.sent,
    failed: result.failed,
    seconds: (Date.now() - due) / 1000,
    firstMessageSeconds: (result.firstMessageAt - due) / 1000,
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

/** Rounds until one is less than a tenth faster than the best before it: org.campaignrecovery.bench.stage.WarmUp has the same rule. */
async function warmUp() {
  let best = 0;
  for (let round = 1; round <= 8; round++) {
    const { sent, seconds } = await campaign(`baseline_warm_up_${round}`, Number(process.env.WARM_UP), Date.now());
    if (sent / seconds < best * 1.1) {
      return;
    }
    best = sent / seconds;
  }
}

await warmUp();
const agenda = new Agenda({ mongo: client.db(CAMPAIGN_DB), processEvery: '1 second' });
const due = Date.now() + 1000;
agenda.define('process-bulk-campaign', { concurrency: 1, lockLifetime: 60 * 60 * 1000 }, async () => {
  console.log(JSON.stringify(await campaign('baseline_recipients', 0, due)));
});
agenda.on('fail', (e) => { console.error(e); process.exit(1); });
agenda.on('success', () => process.exit(0));
await agenda.start();
await agenda.schedule(new Date(due), 'process-bulk-campaign');
