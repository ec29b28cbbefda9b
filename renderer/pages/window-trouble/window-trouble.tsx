import { Button, Text, Title } from '@mantine/core';
import { Component } from 'react';
import type { ReactNode } from 'react';
import { say } from '../../../shared/language/say.ts';
import classes from './window-trouble.module.css';

/** Catches a bug in drawing a page, so that the window never stays blank. */
export class WindowTrouble extends Component<
  { readonly children: ReactNode },
  { readonly failed: boolean }
> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <main className={classes['page']}>
        <div role="alert">
          <Title order={1}>{say('windowTrouble.thisWindowStopped')}</Title>
          <Text maw={480} mt="md">
            {say('windowTrouble.onlyTheWindowDidThe')}
          </Text>
        </div>
        <Button onClick={() => this.setState({ failed: false })}>
          {say('windowTrouble.showItAgain')}
        </Button>
      </main>
    );
  }
}
