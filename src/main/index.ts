// Entry of the desktop, and the only module that imports Electron.
import { app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, protocol, safeStorage, screen, session, shell, utilityProcess } from 'electron';
import { startShell } from './shell';

// Nothing here may wait: Electron wants schemes registered and early events listened to in the first turn.
startShell({ app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, protocol, safeStorage, screen, session, shell, utilityProcess });
