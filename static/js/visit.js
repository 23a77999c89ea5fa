// A visit on a bad line. What was typed stays in this page's memory, and nowhere else, until the server has it:
// it is saved by itself, sent again for as long as the line is gone, and never doubled, because the page's own
// visit key makes every sending the same one. Without this script the page works as any form does.
import { enhance } from './harbour.js'

const LONGEST_WAIT = 30000
const PATIENCE = 20000
const SAVE_AFTER = 4000

for (const form of document.querySelectorAll('form[data-visit]')) watch(form)

function watch (form) {
  const line = form.querySelector('[data-line]')
  const state = { form, line, dirty: false, saving: false, sending: false, timer: 0 }
  line.hidden = !form.dataset.save
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!state.sending) deliver(state, event.submitter)
  })
  form.addEventListener('keydown', (event) => {
    // Enter in a line of text would press a button that nobody meant.
    if (event.key === 'Enter' && event.target.matches('input:not([type=checkbox], [type=radio])')) event.preventDefault()
  })
  form.addEventListener('input', () => { touch(state) })
  window.addEventListener('online', () => { if (state.dirty && !state.sending) save(state) })
  window.addEventListener('offline', () => { if (!state.sending) say(state, 'waiting', 'The line is gone. What you write stays in this page: do not close it. It is saved when the line is back.') })
  window.addEventListener('beforeunload', (event) => { if (form.isConnected && (state.dirty || state.sending)) event.preventDefault() })
  if (form.dataset.save) say(state, 'quiet', line.querySelector('strong') ? null : 'Nothing is typed yet. It is saved by itself while you type.')
}

function touch (state) {
  state.dirty = true
  if (!state.form.dataset.save) return
  say(state, 'quiet', 'Not saved yet.')
  saveIn(state, SAVE_AFTER)
}

function saveIn (state, milliseconds) {
  clearTimeout(state.timer)
  state.timer = setTimeout(() => save(state), milliseconds)
}

async function save (state) {
  state.timer = 0
  if (state.saving || state.sending || !state.form.dataset.save) return
  state.saving = true
  state.dirty = false
  try {
    const answer = await post(state.form.dataset.save, new URLSearchParams(new FormData(state.form)), 'application/json')
    if (!answer.type.startsWith('application/json')) throw new SignedOut()
    const told = JSON.parse(answer.text)
    // A page that was sent meanwhile keeps the visit it was sent under.
    if (told.state.startsWith('saved') && !state.sending) state.form.elements.visit.value = told.visit
    if (told.state === 'stale') throw new SignedOut()
    if (!state.dirty) say(state, 'saved', told.state === 'sent' ? 'This report is in already.' : `Saved at ${clock()}, until closing time.`)
  } catch (problem) {
    state.dirty = true
    if (problem instanceof SignedOut) say(state, 'waiting', 'Not saved: you were signed out. Sign in again in another tab. What you wrote stays in this page.')
    else say(state, 'waiting', 'Waiting for the line: not saved yet. What you wrote stays in this page: do not close it.')
    saveIn(state, SAVE_AFTER * 2)
  }
  state.saving = false
  if (state.dirty && !state.timer) saveIn(state, SAVE_AFTER)
}

// One sending: the same words under the same key, again and again until an answer comes.
async function deliver (state, button) {
  const { form } = state
  const body = new URLSearchParams(new FormData(form, button ?? undefined))
  const address = button?.hasAttribute('formaction') ? button.formAction : form.action
  const where = window.scrollY
  clearTimeout(state.timer)
  state.sending = true
  freeze(form, true)
  for (let wait = 1000; state.sending; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    say(state, 'working', 'Sending …')
    try {
      const answer = await post(address, body, 'text/html')
      if (answer.status < 500) return arrive(state, answer)
    } catch { /* No answer: it may be in, or not. Sent again it is the same one. */ }
    say(state, 'waiting', 'Waiting for the line: not received yet, as far as this page knows. It is sent again by itself, and never twice. Do not close this page.', () => { state.sending = false })
    await pause(wait, state)
  }
  freeze(form, false)
  state.dirty = true
  window.scrollTo(0, where)
  say(state, 'quiet', 'Stopped. Change what you like, then press the button again.')
}

function arrive (state, answer) {
  state.dirty = state.sending = false
  const page = new DOMParser().parseFromString(answer.text, 'text/html')
  const main = page.querySelector('main')
  if (!main || new URL(answer.url).pathname.endsWith('/sign-in')) {
    freeze(state.form, false)
    state.dirty = true
    say(state, 'waiting', 'This was not taken: perhaps you were signed out. What you wrote stays in this page. Sign in in another tab, then press the button again.')
    return
  }
  if (answer.redirected) { location.assign(answer.url); return }
  document.title = page.title
  document.querySelector('main').replaceWith(main)
  enhance(main)
  for (const form of main.querySelectorAll('form[data-visit]')) watch(form)
  const first = main.querySelector('.govuk-error-summary, h1, h2')
  first.tabIndex = -1
  first.focus()
  window.scrollTo(0, 0)
}

// An answer is one that has come whole: the line may go in the middle of a page.
async function post (address, body, accept) {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), PATIENCE)
  try {
    const answer = await fetch(address, { method: 'POST', body, headers: { Accept: accept }, signal: stop.signal })
    const { status, redirected, url } = answer
    return { status, redirected, url, type: answer.headers.get('Content-Type') ?? '', text: await answer.text() }
  } finally {
    clearTimeout(timer)
  }
}

function freeze (form, still) {
  for (const part of form.children) if (!part.matches('[data-line]')) part.inert = still
}

function say (state, tone, words, stop) {
  const { line } = state
  line.hidden = false
  line.dataset.tone = tone
  if (words === null) return
  const said = document.createElement('p')
  said.textContent = words
  line.replaceChildren(said)
  if (!stop) return
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'harbour-quiet-button'
  button.textContent = 'Stop, and change something'
  button.addEventListener('click', () => { stop(); state.go?.() })
  line.append(button)
}

// Until the time is over, the line is back, or somebody stops it.
function pause (milliseconds, state) {
  return new Promise((resolve) => {
    const go = () => { clearTimeout(timer); window.removeEventListener('online', go); resolve() }
    const timer = setTimeout(go, milliseconds)
    window.addEventListener('online', go)
    state.go = go
  })
}

function clock () {
  return new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}

class SignedOut extends Error {}
