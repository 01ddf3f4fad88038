import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

// A security key in software: P-256, no attestation. What a browser and a key do together, with every part open to be falsified.

type Cbor = number | string | Uint8Array | ReadonlyMap<number | string, Cbor>

/** First bytes of a CBOR item: its kind and a number below 65,536. */
const head = (kind: number, n: number): Buffer =>
  Buffer.from(n < 24 ? [(kind << 5) | n] : n < 256 ? [(kind << 5) | 24, n] : [(kind << 5) | 25, n >> 8, n & 255])

/** CBOR (RFC 8949), as much of it as a passkey needs. */
function cbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value])
  return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, item]) => [cbor(key), cbor(item)])])
}

const sha256 = (data: string | Uint8Array): Buffer => createHash('sha256').update(data).digest()
const json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

type Where = { readonly origin: string; readonly rpId: string; readonly challenge: string }

/** A new key that makes one passkey and proves it. */
export class Authenticator {
  readonly id = randomBytes(16)
  counter = 0
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })

  private coseKey(): Uint8Array {
    const { x = '', y = '' } = this.keys.publicKey.export({ format: 'jwk' })
    const point = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'))
    // kty: EC2, alg: ES256, crv: P-256
    const entries: [number, number | Uint8Array][] = [[1, 2], [3, -7], [-1, 1], [-2, point(x)], [-3, point(y)]] // biome-ignore format: one key
    return cbor(new Map(entries))
  }

  private data(rpId: string, flags: number, attested: readonly Uint8Array[] = []): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(this.counter)
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counter, ...attested])
  }

  /** The JSON of a browser that made a passkey. */
  register({ origin, rpId, challenge }: Where): string {
    const length = Buffer.from([0, this.id.length])
    const authData = this.data(rpId, 0x41, [Buffer.alloc(16), length, this.id, this.coseKey()])
    const attestation = new Map<string, Cbor>([['fmt', 'none'], ['attStmt', new Map()], ['authData', new Uint8Array(authData)]]) // biome-ignore format: one object
    const id = this.id.toString('base64url')
    return JSON.stringify({
      ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
      response: {
        clientDataJSON: json({ type: 'webauthn.create', challenge, origin, crossOrigin: false }),
        attestationObject: cbor(attestation).toString('base64url'),
        transports: ['usb'],
      },
    })
  }

  /** The JSON of a browser that used it. */
  prove({ origin, rpId, challenge }: Where): string {
    this.counter++
    const authData = this.data(rpId, 0x01)
    const clientDataJSON = json({ type: 'webauthn.get', challenge, origin, crossOrigin: false })
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    const id = this.id.toString('base64url')
    return JSON.stringify({
      ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
      response: {
        ...{ clientDataJSON, authenticatorData: authData.toString('base64url') },
        signature: sign('sha256', signed, this.keys.privateKey).toString('base64url'),
      },
    })
  }
}
