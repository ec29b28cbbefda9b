package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// held is how many bytes of memory some processes hold. Pages of files count once, as of the
// process with the most: they are mostly the one program that all of them run.
func held(pids []int) int64 {
	var own, files int64
	for _, pid := range pids {
		of := residentOf(pid)
		own += of["RssAnon"] + of["RssShmem"]
		files = max(files, of["RssFile"])
	}
	return own + files
}

// below returns a process and those below it.
func below(root int) []int {
	children := map[int][]int{}
	entries, _ := os.ReadDir("/proc")
	for _, entry := range entries {
		if pid, err := strconv.Atoi(entry.Name()); err == nil {
			parent := parentOf(pid)
			children[parent] = append(children[parent], pid)
		}
	}
	all := []int{root}
	for next := 0; next < len(all); next++ {
		all = append(all, children[all[next]]...)
	}
	return all
}

// parentOf reads the second field after the program's name, which stands in brackets.
func parentOf(pid int) int {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	if len(fields) < 2 {
		return 0
	}
	parent, _ := strconv.Atoi(fields[1])
	return parent
}

// residentOf reads the lines of a process's status that are in kB, in bytes; none once it is gone.
func residentOf(pid int) map[string]int64 {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	found := map[string]int64{}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), ":")
		kilobytes, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 10, 64)
		if err == nil {
			found[name] = kilobytes * 1024
		}
	}
	return found
}
