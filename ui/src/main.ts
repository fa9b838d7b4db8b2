import '@digital-go-jp/design-tokens/dist/tokens.css'
import './styles/base.css'
import './styles/parts.css'
import { mount } from 'svelte'
import App from './App.svelte'

// The pages themselves are kept by the browser, so that the door opens without a network.
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js')

mount(App, { target: document.getElementById('app')! })
