// Runs a command and says what it took, with all processes that it starts: `measure <command> …`
// prints one line of JSON. Reads Linux' /proc.
package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"syscall"
	"time"
)

type taken struct {
	WallMs float64 `json:"wallMs"`
	// Processor time, of user and system.
	CPUMs     float64 `json:"cpuMs"`
	PeakBytes int64   `json:"peakBytes"`
	ExitCode  int     `json:"exitCode"`
}

// How often memory is looked at, and how often, with what that takes, for new processes.
const (
	tick       = 5 * time.Millisecond
	ticksAFind = 40
)

func main() {
	command := exec.Command(os.Args[1], os.Args[2:]...)
	command.Stderr = os.Stderr
	start := time.Now()
	if err := command.Start(); err != nil {
		panic(err)
	}
	ended := make(chan struct{})
	peak := make(chan int64)
	go func() { peak <- watch(command.Process.Pid, ended) }()
	_ = command.Wait()
	wall := time.Since(start)
	close(ended)
	state := command.ProcessState
	usage := state.SysUsage().(*syscall.Rusage)
	_ = json.NewEncoder(os.Stdout).Encode(taken{
		WallMs: milliseconds(wall),
		CPUMs:  milliseconds(state.UserTime() + state.SystemTime()),
		// The system remembers the largest process exactly; the sum of several is what was seen of it.
		PeakBytes: max(usage.Maxrss*1024, <-peak),
		ExitCode:  state.ExitCode(),
	})
}

// watch returns the most memory that a process and those below it held at once.
func watch(pid int, ended <-chan struct{}) int64 {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	var peak int64
	var pids []int
	for count := 0; ; count++ {
		select {
		case <-ended:
			return peak
		case <-ticker.C:
			if count%ticksAFind == 0 {
				pids = below(pid)
			}
			peak = max(peak, held(pids))
		}
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
