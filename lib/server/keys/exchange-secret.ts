import 'server-only'
import { record, theServer } from '../activity'
import { db } from '../db'
import { makeKeyFile, readKeyFile, replaceKeyFile } from '../key-file'
import { scrubDatabase } from '../scrub'
import { opensWith, sealWith, unsealWith } from '../sealing'
import { forgetSecret, keyFile, nextKeyFile } from '../secrets'
import { type Sealed, sealedTexts } from './sealed-places'

// The new secret lies beside the old one until everything opens with it; then it takes its name. Whenever this ends in between, each text
// opens with one of the two, and the next run goes on.

type Keys = { readonly old: Buffer; readonly next: Buffer }

function oldKey(): Buffer {
  const old = readKeyFile(keyFile())
  if (!old) throw new Error(`There is no ${keyFile()}: nothing to exchange.`)
  return old
}

async function sealAnew({ text, replace }: Sealed, { old, next }: Keys): Promise<void> {
  if (!opensWith(next, text)) await replace(sealWith(next, unsealWith(old, text)))
}

function checkAll(texts: readonly Sealed[], keys: readonly Buffer[], say: string): void {
  const shut = texts.filter(({ text }) => !keys.some((key) => opensWith(key, text)))
  if (shut.length > 0) throw new Error(`${say}: ${shut.map(({ where }) => where).join(', ')}`)
}

/** What only the old secret could tell: nobody can make an HMAC of what is not there any more. */
async function dropKeyed(): Promise<number> {
  const client = await db()
  await client.oidcAttempt.deleteMany()
  await client.throttle.deleteMany()
  return (await client.recoveryCode.deleteMany()).count
}

const scrubbed = ['User', 'Share', 'Setting', 'OidcAttempt', 'Throttle', 'RecoveryCode']

/** What became of it: texts that were sealed anew, and recovery codes that ended. */
export type ExchangedSecret = { readonly sealed: number; readonly recoveryCodes: number }

/**
 * Makes another secret.key, and seals anew what was sealed with the one before, which opens nothing in the database any more. Recovery
 * codes end, running attempts to sign in with a company account too, and tries are counted from zero. Throws one sentence, with nothing
 * changed, where a text opens with no key that is there.
 */
export async function exchangeSecret(): Promise<ExchangedSecret> {
  const old = oldKey()
  const begun = readKeyFile(nextKeyFile())
  checkAll(await sealedTexts(), begun ? [old, begun] : [old], 'These do not open with secret.key')
  const keys = { old, next: begun ?? makeKeyFile(nextKeyFile()) }
  for (const text of await sealedTexts()) await sealAnew(text, keys)
  const recoveryCodes = await dropKeyed()
  const texts = await sealedTexts()
  checkAll(texts, [keys.next], 'These were not sealed anew')
  await scrubDatabase(scrubbed)
  replaceKeyFile(nextKeyFile(), keyFile())
  forgetSecret()
  const done = { sealed: texts.length, recoveryCodes }
  await record(theServer, 'keys-exchanged', { object: 'secret.key', details: done })
  return done
}
