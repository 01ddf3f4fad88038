// A real OpenID provider for tests, with a login page of its own: no password, whoever is typed is signed in.
import { createSign, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { interactionPolicy, Provider } from 'oidc-provider'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'test', alg: 'RS256', use: 'sig' }

const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Claims as an ID token with the provider's own signature, or with another one. */
export function signed(claims, key = privateKey) {
  const text = `${encoded({ alg: 'RS256', typ: 'JWT', kid: 'test' })}.${encoded(claims)}`
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key).toString('base64url')}`
}

export const claimsIn = (idToken) => JSON.parse(Buffer.from(idToken.split('.')[1], 'base64url').toString())

const page = (uid) => `<!doctype html><html lang="en"><title>Company account</title><h1>Company account</h1>
<form method="post" action="/interaction/${uid}"><label>Account <input name="login" autofocus></label>
<button>Continue</button><button name="refuse" value="1">Refuse</button></form>`

async function formOf(request) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  return new URLSearchParams(Buffer.concat(chunks).toString())
}

async function interact(provider, request, response) {
  const details = await provider.interactionDetails(request, response)
  if (request.method !== 'POST') {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    return response.end(page(details.uid))
  }
  const form = await formOf(request)
  const result = form.has('refuse')
    ? { error: 'access_denied', error_description: 'The account was not approved.' }
    : { login: { accountId: form.get('login') } }
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false })
}

/** A native client is asked for consent each time; here the login page is all there is. */
function policy() {
  const prompts = interactionPolicy.base()
  prompts.get('consent').checks.remove('native_client_prompt')
  return prompts
}

const scopes = {
  openid: ['sub'],
  profile: ['name', 'preferred_username'],
  email: ['email', 'email_verified'],
  groups: ['groups', 'hasgroups', '_claim_names'],
}

function configuration({ redirectUris, accounts, clientSecret, inIdToken }) {
  return {
    clients: [
      {
        client_id: 'postern',
        ...(clientSecret
          ? { client_secret: clientSecret, token_endpoint_auth_method: 'client_secret_basic' }
          : { token_endpoint_auth_method: 'none' }),
        redirect_uris: redirectUris,
        application_type: 'native', // a web client may not go back to http
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    clientAuthMethods: ['client_secret_basic', 'none'],
    jwks: { keys: [jwk] },
    cookies: { keys: ['for tests only'] },
    claims: scopes,
    conformIdTokenClaims: !inIdToken,
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { policy: policy(), url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, sub) => accounts[sub] && { accountId: sub, claims: () => ({ sub, ...accounts[sub] }) },
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      })
      grant.addOIDCScope(Object.keys(scopes).join(' '))
      await grant.save()
      return grant
    },
    ttl: { Session: 600, Grant: 600, Interaction: 600, AccessToken: 600, IdToken: 600, AuthorizationCode: 60 },
  }
}

/**
 * Starts a provider on a free port of this machine. `accounts` (claims by subject) may be changed at any time, `tamper` gets and returns
 * the ID token of every answer of the token endpoint.
 */
export async function startOidcProvider({ port = 0, redirectUris, accounts, clientSecret, inIdToken = false }) {
  const state = { tamper: (idToken) => idToken }
  const server = createServer((request, response) => {
    void handle(request, response).catch((error) => {
      response.statusCode = 500
      response.end(String(error))
    })
  })
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${server.address().port}`
  const provider = new Provider(issuer, configuration({ redirectUris, accounts, clientSecret, inIdToken }))
  provider.use(async (ctx, next) => {
    await next()
    if (ctx.path === '/token' && ctx.body?.id_token) ctx.body.id_token = state.tamper(ctx.body.id_token)
  })
  const callback = provider.callback()
  const handle = async (request, response) =>
    request.url.startsWith('/interaction/') ? interact(provider, request, response) : callback(request, response)
  const close = () =>
    new Promise((resolve) => {
      server.closeAllConnections()
      server.close(resolve)
    })
  return { issuer, accounts, state, close }
}

/** What a browser does at the provider: follows its redirects, types an account, and stops where it is sent elsewhere. */
export async function signInAt(start, login) {
  const jar = new Map()
  let url = new URL(start)
  const { origin } = url
  let form
  for (let n = 0; n < 10 && url.origin === origin; n++) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {}
    const answer = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } })
    for (const line of answer.headers.getSetCookie()) {
      const [name, value] = line.split(';')[0].split('=')
      jar.set(name, value)
    }
    const next = answer.headers.get('location')
    form = next ? undefined : login === null ? { refuse: '1' } : { login }
    if (!next && !url.pathname.startsWith('/interaction/')) throw new Error(`${answer.status} ${await answer.text()}`)
    if (next) url = new URL(next, url)
  }
  return url
}
