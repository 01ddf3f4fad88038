// npm run dev: the development server, on loopback, with the same settings as npm start.
import { generate, next, root, run } from './lib.mjs'

generate()
process.chdir(root)
run(next, ['dev', '-H', '127.0.0.1', '-p', process.env.PORT ?? '3000'], {
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import=./scripts/http-timeout.mjs`.trim(),
})
