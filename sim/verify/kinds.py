from sim.verify.queues import queue
from sim.verify.transient import TerminatingQueue
from sim.verify.priorities import priority_queue
from sim.verify.failures import FailingServer
from sim.verify.comparisons import Pooling
from sim.verify.batches import BatchQueue
from sim.verify.networks import StationNetwork
from sim.verify.fork_join import ForkJoin
KINDS={'queue':queue,'terminating_queue':TerminatingQueue,'priority_queue':priority_queue,'queue_with_failures':FailingServer,'compare':Pooling,'batch_queue':BatchQueue,'network':StationNetwork,'fork_join':ForkJoin}
def prepare(c): return KINDS[c.kind](c)
