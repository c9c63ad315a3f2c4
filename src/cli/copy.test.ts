import { expect, test } from 'vitest';
import { cloneDatabase } from '../../test/harness/cluster.ts';
import { connectPlain } from './catalogue.ts';
import { copyIn, copyOut } from './copy.ts';

const slowly = () => new Promise<void>((done) => setTimeout(done, 3));

test('a table flows out and in again, however slow the other end, and the connection serves on', async () => {
  const clone = await cloneDatabase();
  const client = await connectPlain(clone.url);
  try {
    await client.query("create table source as select n, repeat('x', n % 2000) as t from generate_series(1, 2000) n");
    await client.query('create table target (like source)');
    const blocks: Buffer[] = [];
    for (let round = 0; round < 5; round += 1) {
      blocks.length = 0;
      const rows = await copyOut(client, 'copy source to stdout', async (block) => {
        await slowly();
        blocks.push(block);
      });
      expect(rows).toBe(2000);
      expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    }
    expect(blocks.length).toBeGreaterThan(10);
    const rows = await copyIn(
      client,
      'copy target from stdin',
      (async function* () {
        for (const block of blocks) {
          await slowly();
          yield block;
        }
      })(),
    );
    expect(rows).toBe(2000);
    const same = await client.query('select * from source except select * from target');
    expect(same.rows).toEqual([]);
  } finally {
    await client.end();
    await clone.drop();
  }
});

test('what fails at one end is told, and the connection serves on', async () => {
  const clone = await cloneDatabase();
  const client = await connectPlain(clone.url);
  const blocks = async function* (text: string, failure?: string) {
    yield Buffer.from(text);
    if (failure) throw new Error(failure);
  };
  try {
    await client.query('create table target (n integer)');
    await expect(copyOut(client, 'copy nowhere to stdout', async () => undefined)).rejects.toThrow('nowhere');
    await expect(copyIn(client, 'copy target from stdin', blocks('one\n'))).rejects.toThrow('integer');
    await expect(copyIn(client, 'copy target from stdin', blocks('1\n', 'the disk is gone'))).rejects.toThrow('disk');
    await client.query('insert into target select generate_series(1, 100000)');
    const full = copyOut(client, 'copy target to stdout', async () => {
      throw new Error('no room left');
    });
    await expect(full).rejects.toThrow('no room left');
    expect((await client.query('select count(*)::int as n from target')).rows).toEqual([{ n: 100_000 }]);
  } finally {
    await client.end();
    await clone.drop();
  }
});
