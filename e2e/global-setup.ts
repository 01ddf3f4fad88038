import { writeFileSync } from 'node:fs'
import { claimServer } from '../scripts/first-admin.mjs'
import { baseURL, dataDir, stateFile } from './server'

/** Claims the new server; every test that says nothing else is signed in as its admin. */
export default async function setUp() {
  const [name = '', value = ''] = (await claimServer(baseURL, dataDir)).split('=')
  const cookie = { name, value, domain: new URL(baseURL).hostname, path: '/', expires: -1 }
  const cookies = [{ ...cookie, httpOnly: true, secure: false, sameSite: 'Lax' }]
  writeFileSync(stateFile, JSON.stringify({ cookies, origins: [] }), { mode: 0o600 })
}
