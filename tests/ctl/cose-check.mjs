// SPDX-License-Identifier: GPL-3.0-or-later
// cose-check.mjs KEY TEXT : checks a seal with the npm library cose-kit, where Node finds it (NODE_PATH).
// Prints the payload in hexadecimal digits. Exit status: 0 verified, 1 refused, 77 no library.
import { createPublicKey } from 'node:crypto';
import { createRequire } from 'node:module';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const SKIPPED = 77;

const require = createRequire(import.meta.url);

function decodeBase45(text) {
  const bytes = [];
  for (let start = 0; start < text.length; start += 3) {
    const digits = [...text.slice(start, start + 3)].map((character) => ALPHABET.indexOf(character));
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    if (digits.includes(-1) || digits.length < 2 || value >= 256 ** (digits.length - 1)) throw new Error('not Base45');
    if (digits.length === 3) bytes.push(value >> 8);
    bytes.push(value & 255);
  }
  return Uint8Array.from(bytes);
}

function load(name) {
  try {
    return require(name);
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

// A raw Ed25519 key as the structure of RFC 8410 that Node takes.
function publicKey(raw) {
  const head = Buffer.from('302a300506032b6570032100', 'hex');
  return createPublicKey({ key: Buffer.concat([head, raw]), format: 'der', type: 'spki' });
}

const [keyText, text] = process.argv.slice(2);
const kit = load('cose-kit');

if (!kit) {
  console.log('The library cose-kit is not there');
  process.exit(SKIPPED);
}
try {
  const key = publicKey(Buffer.from(keyText, 'base64'));
  const { isValid, decoded } = await kit.coseVerify(decodeBase45(text.replace(/^GT1:/, '')), key);
  if (!isValid) throw new Error('not signed so');
  console.log(Buffer.from(decoded.payload).toString('hex'));
} catch (error) {
  console.log(`refused: ${error.message}`);
  process.exit(1);
}
