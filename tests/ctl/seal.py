# SPDX-License-Identifier: GPL-3.0-or-later
"""A second implementation of the seal, by the standards alone: Base45 (RFC 9285), CBOR (RFC 8949), COSE (RFC 9052)."""

import base64
import hashlib
import re
import unicodedata

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PREFIX = "GT1:"
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
COSE_SIGN1 = 18
ALGORITHM, KEY_ID = 1, 4
EDDSA = -8


class BadSeal(Exception):
    """The text is no seal, or not of this key."""


def decode_base45(text):
    content = bytearray()
    for start in range(0, len(text), 3):
        digits = [ALPHABET.find(character) for character in text[start:start + 3]]
        value = sum(digit * 45 ** place for place, digit in enumerate(digits))
        length = len(digits) - 1
        if -1 in digits or length == 0 or value >= 256 ** length:
            raise BadSeal("not Base45")
        content += value.to_bytes(length, "big")
    return bytes(content)


def decode_cbor(content):
    try:
        return cbor2.loads(content)
    except (ValueError, TypeError, MemoryError, OverflowError, RecursionError, cbor2.CBORDecodeError) as error:  # also: longer than any memory
        raise BadSeal(str(error)) from error


def read(text):
    """The parts of a seal: protected header as bytes, unprotected, payload as bytes, signature."""
    if not text.startswith(PREFIX):
        raise BadSeal("no prefix")
    message = decode_cbor(decode_base45(text[len(PREFIX):]))
    if not isinstance(message, cbor2.CBORTag) or message.tag != COSE_SIGN1 or not isinstance(message.value, list) or \
            [type(part) for part in message.value] != [bytes, dict, bytes, bytes]:
        raise BadSeal("no COSE_Sign1")
    return message.value


def verify(text, public_key):
    """Claims of the seal, after its header and signature have been checked with the key (Base64)."""
    protected, unprotected, payload, signature = read(text)
    key = base64.b64decode(public_key)
    header = decode_cbor(protected)
    if header != {ALGORITHM: EDDSA, KEY_ID: hashlib.sha256(key).digest()[:8]} or unprotected != {}:
        raise BadSeal("another algorithm or key")
    signed = cbor2.dumps(["Signature1", protected, b"", payload])
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
    except InvalidSignature as error:
        raise BadSeal("not signed so") from error
    return cbor2.loads(payload)


# --- What the digest covers ------------------------------------------------------------------------

ALIKE = {**{code: "-" for code in (*range(0x2010, 0x2016), 0x2212)}, **{code: "'" for code in range(0x2018, 0x201c)},
         **{code: '"' for code in range(0x201c, 0x2020)}, **{code: "\u00b7" for code in (0x2022, 0x2027, 0x30fb)},
         0x3001: ",", 0x3002: ".", 0x301c: "~", **{ord("a") + place: chr(ord("A") + place) for place in range(26)}}


def canonical(text):
    text = unicodedata.normalize("NFKC", text).translate(ALIKE)
    text = re.sub(r"(?<=[A-Z0-9])\s+(?=[A-Z0-9])", "\0", text)
    return re.sub(r"\s+", "", text).replace("\0", " ")


def digest(fields):
    """The fingerprint of printed fields, by key."""
    counted = {key: canonical(text) for key, text in fields.items() if key != "ledger.head" and not key.startswith("form.")}
    content = cbor2.dumps({key: text for key, text in counted.items() if text}, canonical=True)
    return hashlib.sha256(content).digest()[:16]
