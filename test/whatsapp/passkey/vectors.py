"""Writes vectors.json: the same steps in another language, without a library, from the published descriptions alone.

RFC 7748 (X25519), RFC 5869 (HKDF), FIPS 197 and SP 800-38D (AES-GCM), protobuf's wire format written out by hand.
    python3 vectors.py > vectors.json
"""
import hashlib
import hmac
import json

P = 2**255 - 19


def x25519(k: bytes, u: bytes) -> bytes:
    n = bytearray(k)
    n[0] &= 248
    n[31] = (n[31] & 127) | 64
    scalar = int.from_bytes(n, "little")
    x1 = int.from_bytes(u, "little") & (2**255 - 1)
    x2, z2, x3, z3, swap = 1, 0, x1, 1, 0
    for t in reversed(range(255)):
        bit = (scalar >> t) & 1
        swap ^= bit
        if swap:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b = (x2 + z2) % P, (x2 - z2) % P
        aa, bb = a * a % P, b * b % P
        e = (aa - bb) % P
        c, d = (x3 + z3) % P, (x3 - z3) % P
        da, cb = d * a % P, c * b % P
        x3, z3 = (da + cb) ** 2 % P, x1 * (da - cb) ** 2 % P
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, x3, z2, z3 = x3, x2, z3, z2
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


def hkdf(secret: bytes, salt: bytes, info: bytes) -> bytes:
    key = hmac.new(salt or bytes(32), secret, hashlib.sha256).digest()
    return hmac.new(key, info + b"\x01", hashlib.sha256).digest()


def make_sbox() -> list[int]:
    box, p, q = [0] * 256, 1, 1
    while True:
        p = (p ^ (p << 1) ^ (0x11B if p & 0x80 else 0)) & 0xFF
        q ^= q << 1
        q ^= q << 2
        q ^= q << 4
        q &= 0xFF
        if q & 0x80:
            q ^= 0x09
        x = q ^ (q << 1 | q >> 7) ^ (q << 2 | q >> 6) ^ (q << 3 | q >> 5) ^ (q << 4 | q >> 4)
        box[p] = (x ^ 0x63) & 0xFF
        if p == 1:
            break
    box[0] = 0x63
    return box


SBOX = make_sbox()


def double(a: int) -> int:
    return ((a << 1) ^ (0x1B if a & 0x80 else 0)) & 0xFF


def aes256(key: bytes, block: bytes) -> bytes:
    words = [list(key[4 * i : 4 * i + 4]) for i in range(8)]
    rcon = 1
    for i in range(8, 60):
        w = list(words[i - 1])
        if i % 8 == 0:
            w = [SBOX[b] for b in w[1:] + w[:1]]
            w[0] ^= rcon
            rcon = double(rcon)
        elif i % 8 == 4:
            w = [SBOX[b] for b in w]
        words.append([a ^ b for a, b in zip(words[i - 8], w)])
    keys = [sum(words[4 * r : 4 * r + 4], []) for r in range(15)]
    s = [a ^ b for a, b in zip(block, keys[0])]
    for r in range(1, 15):
        s = [SBOX[b] for b in s]
        s = [s[(i + 4 * (i % 4)) % 16] for i in range(16)]
        if r < 14:
            mixed = []
            for c in range(4):
                a = s[4 * c : 4 * c + 4]
                total = a[0] ^ a[1] ^ a[2] ^ a[3]
                mixed += [a[i] ^ total ^ double(a[i] ^ a[(i + 1) % 4]) for i in range(4)]
            s = mixed
        s = [a ^ b for a, b in zip(s, keys[r])]
    return bytes(s)


def gf_times(x: int, y: int) -> int:
    z = 0
    for i in range(127, -1, -1):
        if (y >> i) & 1:
            z ^= x
        x = (x >> 1) ^ ((0xE1 << 120) if x & 1 else 0)
    return z


def gcm(key: bytes, iv: bytes, plain: bytes) -> bytes:
    h = int.from_bytes(aes256(key, bytes(16)), "big")
    cipher = b""
    for i in range(0, len(plain), 16):
        stream = aes256(key, iv + (2 + i // 16).to_bytes(4, "big"))
        cipher += bytes(a ^ b for a, b in zip(plain[i : i + 16], stream))
    y = 0
    padded = cipher + bytes(-len(cipher) % 16) + (0).to_bytes(8, "big") + (8 * len(cipher)).to_bytes(8, "big")
    for i in range(0, len(padded), 16):
        y = gf_times(y ^ int.from_bytes(padded[i : i + 16], "big"), h)
    tag = y ^ int.from_bytes(aes256(key, iv + (1).to_bytes(4, "big")), "big")
    return cipher + tag.to_bytes(16, "big")


def field(number: int, value: bytes | int) -> bytes:
    if isinstance(value, int):
        return bytes([number << 3, value])
    size, length = len(value), b""
    while size > 127:
        length += bytes([size & 127 | 128])
        size >>= 7
    return bytes([number << 3 | 2]) + length + bytes([size]) + value


def seed(word: str, at: int, size: int = 32) -> bytes:
    return hashlib.sha256(f"{word} {at}".encode()).digest()[:size]


def vector(at: int) -> dict:
    private, nonce, adv, primary_private, primary_nonce, noise, identity, fresh = (
        seed(word, at) for word in ["private", "nonce", "adv", "primary", "primary nonce", "noise", "identity", "fresh"]
    )
    iv, ref, device = seed("iv", at, 12), f"2@ref-{at}-ção", 1
    base = (9).to_bytes(32, "little")
    public, primary = x25519(private, base), x25519(primary_private, base)
    i = field(1, public) + field(2, device) + field(3, ref.encode())
    payload = field(1, i) + field(2, field(1, hashlib.sha256(i + nonce).digest()))
    handoff = hkdf(adv, b"", b"shortcake-passkey-handoff-v1")
    mixed = [a ^ b for a, b in zip(hashlib.sha256(nonce + primary).digest()[:5], primary_nonce[:5])]
    number = int.from_bytes(bytes(mixed), "big")
    letters = "".join("123456789ABCDEFGHJKLMNPQRSTVWXYZ"[(number >> (35 - 5 * j)) & 31] for j in range(8))
    key = hkdf(
        x25519(private, primary),
        f"Companion Pairing {device} with ref {ref}".encode(),
        b"Pairing Information Encryption Key",
    )
    sealed = gcm(key, iv, field(1, noise) + field(2, identity) + field(3, fresh))
    return {
        "random": (private + nonce).hex(),
        "publicKey": public.hex(),
        "deviceType": device,
        "ref": ref,
        "payload": payload.hex(),
        "advSecret": adv.hex(),
        "proof": hmac.new(handoff, payload, hashlib.sha256).digest().hex(),
        "primary": (field(1, primary) + field(2, primary_nonce)).hex(),
        "code": f"{letters[:4]}-{letters[4:]}",
        "noiseKey": noise.hex(),
        "identityKey": identity.hex(),
        "freshSecret": fresh.hex(),
        "iv": iv.hex(),
        "sealed": (field(1, sealed) + field(2, iv)).hex(),
    }


print(json.dumps([vector(at) for at in range(4)], indent=2))
