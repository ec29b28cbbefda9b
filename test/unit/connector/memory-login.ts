import type { StartAtLogin } from '../../../main/ports.ts';
import { fail, succeed, type Failure, type Result } from '../../../shared/errors.ts';

/** The system's list of what it starts, in memory. */
export class MemoryLogin implements StartAtLogin {
  on = false;
  trouble: Failure | null = null;

  isOn(): Promise<boolean> {
    return Promise.resolve(this.on);
  }

  set(on: boolean): Promise<Result<void>> {
    if (this.trouble !== null) return Promise.resolve(fail(this.trouble));
    this.on = on;
    return Promise.resolve(succeed());
  }
}
