import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockDataDir, unlockDataDir } from './lock'

// A process of its own that takes the lock as a second server would, says so, and is gone.
const other = (file: string) =>
  spawnSync(
    process.execPath,
    ['-e', `const D = require('libsql'); new D(process.argv[1], { timeout: 100 }).exec('BEGIN EXCLUSIVE')`, file],
    { encoding: 'utf8' },
  ).status === 0

describe('lock of the data directory', () => {
  let dir = ''
  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'postern-lock-'))
  })
  afterEach(() => {
    unlockDataDir()
    rmSync(dir, { recursive: true })
  })

  it('keeps a second process out until it is given back', () => {
    lockDataDir(dir, 100)
    expect(other(path.join(dir, 'server.lock'))).toBe(false)
    unlockDataDir()
    expect(other(path.join(dir, 'server.lock'))).toBe(true)
  })

  it('refuses with a sentence that names the directory', async () => {
    const { default: Database } = await import('libsql')
    const holder = new Database(path.join(dir, 'server.lock'))
    holder.exec('BEGIN EXCLUSIVE')
    expect(() => lockDataDir(dir, 100)).toThrow(`Another Postern server already uses ${dir}`)
    holder.close()
    lockDataDir(dir, 100)
  })
})
