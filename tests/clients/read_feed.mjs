// Reads a feed from standard input with the parser that is named, and writes what it found as JSON.
import { text } from 'node:stream/consumers';

const [parser, format] = process.argv.slice(2);
const source = await text(process.stdin);

const readers = {
  async feedsmith() {
    const { parseAtomFeed, parseJsonFeed, parseRssFeed } = await import('feedsmith');
    if (format === 'atom') return parseAtomFeed(source);
    return format === 'rss' ? parseRssFeed(source) : parseJsonFeed(JSON.parse(source));
  },
  async 'rss-parser'() {
    const { default: Parser } = await import('rss-parser');
    return new Parser().parseString(source);
  },
};

process.stdout.write(JSON.stringify(await readers[parser]()));
