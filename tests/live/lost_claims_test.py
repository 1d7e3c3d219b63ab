"""Claims whose answers are lost, and workers that are killed: nothing waits for a timeout."""

import random
import unittest

from live.conductor_server import HAS_INDEX, WITHOUT_INDEX
from live.diary_case import DiaryCase
from live.swallowing_proxy import SwallowingProxy
from live.waiting import wait_until


@unittest.skipUnless(HAS_INDEX, WITHOUT_INDEX)
class SwallowedAnswersTest(DiaryCase):
    """A tenth of the answers to claims is lost after the server has acted, another before."""

    def test_tasks_whose_claims_were_lost_run_within_seconds(self):
        proxy = SwallowingProxy(self.server.url, part=0.1, seed=7).start()
        self.addCleanup(proxy.stop)
        worker = self.worker("one", proxy.url)
        runs = {number: self.start(number, 0.05) for number in range(150)}
        self.finish(runs, seconds=90)
        self.assertGreater(proxy.claims_swallowed, 0, "the test shows nothing")
        self.assertEqual(set(worker.diary("began")), set(runs))
        self.assertEqual(set(worker.diary("began").values()), {1}, "a task ran twice")


class AlikeTest(DiaryCase):
    """Two workers with one configuration and one folder for their state."""

    response_timeout = 10

    def test_nobody_takes_what_the_other_one_runs(self):
        state = f"{self.folder}/state"
        workers = [self.worker(name, state=state) for name in ("one", "two")]
        runs = {number: self.start(number, 60 if number < 2 else 1) for number in range(40)}
        wait_until(lambda: all(len(worker.diary("began")) > 0 for worker in workers),
                   "both workers to have work")
        # A server that is asked to look sees at once when nobody has kept a claim for ten seconds.
        long = [runs[0], runs[1]]

        def both_ended():
            for one in long:
                self.api.decide(one)
            return all(self.task(one)["status"] == "COMPLETED" for one in long)
        wait_until(both_ended, "the long tasks to end", 90, 1)
        self.finish(runs, seconds=30)
        began = workers[0].diary("began") + workers[1].diary("began")
        self.assertEqual(began, dict.fromkeys(runs, 1))


@unittest.skipUnless(HAS_INDEX, WITHOUT_INDEX)
class ChaosTest(DiaryCase):
    """Workers are killed and stopped at random while tasks come in; the network is bad as well."""

    lanes = 3
    blows = 14

    def test_every_task_ends_with_its_own_result(self):
        chance = random.Random(20)
        proxy = SwallowingProxy(self.server.url, part=0.03, seed=20).start()
        self.addCleanup(proxy.stop)
        workers = [self.worker(f"lane-{lane}", proxy.url) for lane in range(self.lanes)]
        runs, blows = {}, 0
        while blows < self.blows:
            for _ in range(12):
                runs[len(runs)] = self.start(len(runs), round(chance.uniform(0, 1.5), 2))
            victim = chance.choice(workers)
            if chance.random() < 0.5:
                victim.kill()
            else:
                self.assertEqual(victim.terminate(), 0, victim.log())
            victim.start()
            blows += 1
        self.finish(runs, seconds=120)
        ended = set().union(*(worker.diary("ended") for worker in workers))
        self.assertEqual(ended, set(runs))


class CancelledTest(DiaryCase):
    """A workflow that is ended from outside ends its handler, too."""

    def test_the_handler_of_a_terminated_workflow_is_stopped(self):
        worker = self.worker("one")
        identifier = self.start(5, 60)
        wait_until(lambda: worker.diary("began")[5], "the handler to begin")
        self.api.terminate(identifier)
        wait_until(lambda: worker.diary("stopped")[5], "the handler to be stopped", 10)
        self.assertEqual(worker.diary("ended")[5], 0)
        self.assertEqual(worker.terminate(), 0, worker.log())
