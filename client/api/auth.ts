import { request } from './call.ts'

/** Sign-in and sign-out are not of our contract: the library that keeps the sessions defines them. */
export function signIn(credentials: { email: string; password: string }) {
  return request('/api/auth/sign-in/email', { method: 'POST', status: 200, body: credentials })
}

export function signOut() {
  return request('/api/auth/sign-out', { method: 'POST', status: 200 })
}
