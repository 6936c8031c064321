// CartPole with its policy as a plain C loop: one member after the other, two threads, a half of the population each.
//
// What the fastest C environments come down to: the state in four variables, sine and cosine from the C library.
// cc -O3 -march=native -DREAL=float -pthread cartpole.c -lm; ./a.out POP_SIZE H_SIZE
// On each line of standard input it plays the population, again and again for 0.05 s, and prints the steps and the seconds.

#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <tgmath.h>
#include <time.h>

#ifndef REAL
#define REAL float
#endif
typedef REAL real;

enum { THREADS = 2, LIMIT = 500 };

static int pop_size, h_size;
static real *networks;  // (pop_size, 7 * h_size + 2): w0, b0, w1, b1
static long steps_of[THREADS];
static uint64_t round_number;

static double uniform(uint64_t *state) {  // splitmix64
    uint64_t z = (*state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static double normal(uint64_t *state) {
    double radius = sqrt(-2.0 * log(1.0 - uniform(state)));
    return radius * cos(2.0 * M_PI * uniform(state));
}

static int action(const real *network, const real *observation) {
    const real *w0 = network, *b0 = w0 + 4 * h_size, *w1 = b0 + h_size, *b1 = w1 + 2 * h_size;
    real left = b1[0], right = b1[1];
    for (int j = 0; j < h_size; j++) {
        real z = b0[j];
        for (int k = 0; k < 4; k++) z += observation[k] * w0[k * h_size + j];
        z = z > 0 ? z : 0;
        left += z * w1[2 * j];
        right += z * w1[2 * j + 1];
    }
    return right > left;
}

static long play(const real *network, uint64_t seed) {
    const real angle_limit = 12 * 2 * M_PI / 360;
    real s[4];
    for (int k = 0; k < 4; k++) s[k] = (real)(0.1 * uniform(&seed) - 0.05);
    for (long step = 1;; step++) {
        real force = action(network, s) ? 10 : -10, cos_theta = cos(s[2]), sin_theta = sin(s[2]);
        real temp = (force + (real)0.05 * s[3] * s[3] * sin_theta) / (real)1.1;
        real theta_acc = ((real)9.8 * sin_theta - cos_theta * temp) /
                         ((real)0.5 * ((real)(4.0 / 3.0) - (real)0.1 * cos_theta * cos_theta / (real)1.1));
        real x_acc = temp - (real)0.05 * theta_acc * cos_theta / (real)1.1;
        s[0] += (real)0.02 * s[1];
        s[1] += (real)0.02 * x_acc;
        s[2] += (real)0.02 * s[3];
        s[3] += (real)0.02 * theta_acc;
        if (s[0] < (real)-2.4 || s[0] > (real)2.4 || s[2] < -angle_limit || s[2] > angle_limit || step == LIMIT)
            return step;
    }
}

static void *play_half(void *argument) {
    long thread = (long)argument, steps = 0;
    for (long m = thread * pop_size / THREADS; m < (thread + 1) * pop_size / THREADS; m++)
        steps += play(networks + m * (7 * h_size + 2), (round_number << 32) + (uint64_t)m);
    steps_of[thread] = steps;
    return NULL;
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    pop_size = atoi(argv[1]);
    h_size = atoi(argv[2]);
    int size = 7 * h_size + 2;
    networks = calloc((size_t)pop_size * size, sizeof(real));
    uint64_t state = 1;
    for (long m = 0; m < pop_size; m++)
        for (int k = 0; k < 7 * h_size; k++)
            if (k < 4 * h_size || k >= 5 * h_size) networks[m * size + k] = (real)normal(&state);
    printf("{\"ready\": \"cc " __VERSION__ "\"}\n");
    fflush(stdout);
    for (int c; (c = getchar()) != EOF;) {
        if (c != '\n') continue;
        struct timespec began, ended;
        clock_gettime(CLOCK_MONOTONIC, &began);
        long steps = 0;
        double seconds = 0;
        while (seconds < 0.05) {
            round_number++;
            pthread_t threads[THREADS];
            for (long t = 0; t < THREADS; t++) pthread_create(&threads[t], NULL, play_half, (void *)t);
            for (long t = 0; t < THREADS; t++) pthread_join(threads[t], NULL), steps += steps_of[t];
            clock_gettime(CLOCK_MONOTONIC, &ended);
            seconds = (double)(ended.tv_sec - began.tv_sec) + 1e-9 * (double)(ended.tv_nsec - began.tv_nsec);
        }
        printf("{\"steps\": %ld, \"seconds\": %.9f}\n", steps, seconds);
        fflush(stdout);
    }
    return 0;
}
