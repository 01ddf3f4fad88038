import fc from 'fast-check'

// The same examples in every run, so that a failure is one of the change at hand. FC_SEED=7 npx vitest run … looks at others.
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20261122) })
