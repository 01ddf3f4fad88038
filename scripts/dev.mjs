// npm run dev: the development server, on loopback, with the same settings as npm start; the worker is bundled at each change.
import { spawn } from 'node:child_process'
import { generate, next, root } from './lib.mjs'
import { host } from './serve.mjs'
import { watchWorker } from './worker-bundle.mjs'

generate()
await watchWorker()
const child = spawn(process.execPath, [next, 'dev', '-H', host, '-p', process.env.PORT || '3000'], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=./scripts/http-server.mjs`.trim(),
  },
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 0))
