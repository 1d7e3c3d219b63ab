// The benchmark's worker made with the official Go SDK: completes each task with its own input. It
// reads the same environment as bench/peer.
package main

import (
	"log"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"github.com/conductor-sdk/conductor-go/sdk/client"
	"github.com/conductor-sdk/conductor-go/sdk/model"
	"github.com/conductor-sdk/conductor-go/sdk/settings"
	"github.com/conductor-sdk/conductor-go/sdk/worker"
)

// The interval of the SDK's own examples, which has no default, and bench/peer's poll timeout.
const interval = 100 * time.Millisecond

func echo(task *model.Task) (interface{}, error) {
	return task.InputData, nil
}

func main() {
	taskType := os.Getenv("BENCH_TASK_TYPES")
	slots, err := strconv.Atoi(os.Getenv("BENCH_CONCURRENCY"))
	if err != nil || taskType == "" {
		log.Fatal("BENCH_TASK_TYPES or BENCH_CONCURRENCY cannot be used")
	}
	server := settings.NewHttpSettings(os.Getenv("BENCH_SERVER"))
	runner := worker.NewTaskRunnerWithApiClient(client.NewAPIClient(nil, server))
	if err := runner.StartWorker(taskType, echo, slots, interval); err != nil {
		log.Fatal(err)
	}
	if err := runner.SetPollTimeoutForTask(taskType, interval); err != nil {
		log.Fatal(err)
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, os.Interrupt)
	<-stop
	runner.Shutdown(taskType)
	runner.WaitWorkers()
}
