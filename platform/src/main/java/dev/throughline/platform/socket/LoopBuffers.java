package dev.throughline.platform.socket;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledUnsafeDirectByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The memory of one connection's frames: buffers of {@value #SIZE} bytes that are used again and again by the connections of one event
 * loop. A frame needs one to come in and one to go out, each for less than a turn of the loop, and the general allocator's care for threads
 * and sizes was a good part of its cost. What is larger, or on the heap, comes from the allocator the connection had before.
 */
final class LoopBuffers extends AbstractByteBufAllocator {

    /** Some frames of a burst; what is longer is read in pieces. */
    static final int SIZE = 4_096;

    /** A megabyte for each loop. More are in use only while many peers do not read, and are given back to the system. */
    static final int MOST_SPARE = 256;

    private static final FastThreadLocal<Deque<LoopBuffer>> SPARE = new FastThreadLocal<>() {
        @Override
        protected Deque<LoopBuffer> initialValue() {
            return new ArrayDeque<>();
        }
    };

    private final ByteBufAllocator before;

    /** @param before for everything else */
    LoopBuffers(ByteBufAllocator before) {
        super(true);
        this.before = before;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return before.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        if (initialCapacity > SIZE || maxCapacity != Integer.MAX_VALUE) {
            return before.directBuffer(initialCapacity, maxCapacity);
        }
        LoopBuffer spare = SPARE.get().pollLast();
        return spare == null ? new LoopBuffer() : spare.again();
    }

    @Override
    public boolean isDirectBufferPooled() {
        return true;
    }

    /** Goes back to the loop on which it is released, unless it has grown. */
    private static final class LoopBuffer extends UnpooledUnsafeDirectByteBuf {

        private LoopBuffer() {
            super(UnpooledByteBufAllocator.DEFAULT, SIZE, Integer.MAX_VALUE);
        }

        private LoopBuffer again() {
            resetRefCnt();
            clear();
            return this;
        }

        @Override
        protected void deallocate() {
            Deque<LoopBuffer> spare = SPARE.get();
            if (capacity() == SIZE && spare.size() < MOST_SPARE) {
                spare.addLast(this);
            } else {
                super.deallocate();
            }
        }
    }
}
