// @azure/msal-node against the simulator's TLS port, with the authorize page's form posted as a
// person would. Ends with `N passed, N failed`.
import assert from 'node:assert/strict'
import { CryptoProvider, PublicClientApplication } from '@azure/msal-node'

const origin = process.env.SIM_MICROSOFT_AUTHORITY
const email = process.env.SIM_EMAIL_MICROSOFT
const scopes = ['User.Read', 'Calendars.ReadWrite']
const redirectUri = 'http://localhost:53682'

const application = () =>
  new PublicClientApplication({
    auth: {
      clientId: process.env.SIM_CLIENT_ID_MICROSOFT,
      authority: `${origin}/common`,
      knownAuthorities: [new URL(origin).host],
    },
  })

/** Posts the page's form; gives the parameters that the browser would be sent back with. */
async function consent(url, decision = 'allow') {
  const page = await fetch(url)
  assert.match(await page.text(), /<form/)
  const body = new URLSearchParams({ email, decision })
  const answer = await fetch(url, { method: 'POST', body, redirect: 'manual' })
  assert.equal(answer.status, 302)
  return new URL(answer.headers.get('location')).searchParams
}

const tests = {
  async 'a code with PKCE becomes tokens, and they are refreshed'() {
    const app = application()
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes()
    const state = 'state-1'
    const url = await app.getAuthCodeUrl({
      scopes,
      redirectUri,
      state,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
    })
    const answer = await consent(url)
    assert.equal(answer.get('state'), state)
    const result = await app.acquireTokenByCode({ code: answer.get('code'), scopes, redirectUri, codeVerifier: verifier })
    assert.equal(result.account.username, email)
    const silent = await app.acquireTokenSilent({ scopes, account: result.account, forceRefresh: true })
    assert.notEqual(silent.accessToken, result.accessToken)
    const me = await fetch(`${process.env.SIM_GRAPH}/me`, { headers: { authorization: `Bearer ${silent.accessToken}` } })
    assert.equal(me.status, 200)
  },
  async 'a foreign verifier is refused with its number'() {
    const app = application()
    const { challenge } = await new CryptoProvider().generatePkceCodes()
    const url = await app.getAuthCodeUrl({ scopes, redirectUri, codeChallenge: challenge, codeChallengeMethod: 'S256' })
    const code = (await consent(url)).get('code')
    const asked = app.acquireTokenByCode({ code, scopes, redirectUri, codeVerifier: 'v'.repeat(64) })
    await assert.rejects(asked, (error) => error.errorCode === 'invalid_grant' && error.message.includes('AADSTS501481'))
  },
  async 'a denial comes back as one'() {
    const { challenge } = await new CryptoProvider().generatePkceCodes()
    const url = await application().getAuthCodeUrl({ scopes, redirectUri, codeChallenge: challenge, codeChallengeMethod: 'S256' })
    assert.equal((await consent(url, 'deny')).get('error'), 'access_denied')
  },
}

let failed = 0
for (const [name, test] of Object.entries(tests)) {
  try {
    await test()
  } catch (error) {
    failed++
    console.log(`failed: ${name}`)
    console.error(error)
  }
}
console.log(`${Object.keys(tests).length - failed} passed, ${failed} failed`)
process.exitCode = failed ? 1 : 0
